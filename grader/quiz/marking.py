"""What a response is worth: each form held against its key, and what is said about it.

A response is what ``answers.yaml`` or a scanned sheet says for one question: of whatever type, from whomever.
One that cannot be an answer is INVALID, and an empty one UNANSWERED. A text is marked by people, and NEEDS_REVIEW
until then.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grader.model.outcome import Status
from grader.model.sheet import Posed

__all__ = ["Marked", "PartMark", "mark"]


@dataclass(frozen=True, slots=True)
class PartMark:
    """What one part of a response earned: a form, a blank, or one thing on the left of a matching."""

    name: str  # "answer", "reason", "blank 2", "3"
    share: Fraction  # of the question's points: what the part is worth
    earned: Fraction  # of the question's points
    status: Status
    message: str  # in words, with the student's own answer
    feedback: str = ""
    misconception: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """What a whole response earned."""

    status: Status
    parts: tuple[PartMark, ...]

    @property
    def earned(self) -> Fraction:
        """The share of the question's points."""
        return sum((part.earned for part in self.parts), Fraction(0))


def mark(posed: Posed, response: Any) -> Marked:
    """Mark a response to a posed question."""
    raise NotImplementedError
