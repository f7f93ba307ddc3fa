"""What marking hands back: for each part of a response what it earned, and what is said about it."""

from dataclasses import dataclass, replace
from fractions import Fraction

from grader.model.outcome import Status
from grader.quiz.judged import Judged

__all__ = ["Marked", "PartMark", "from_judged", "invalid", "scaled"]


@dataclass(frozen=True, slots=True)
class PartMark:
    """What one part of a response earned: a form, a blank, or one thing on the left of a matching."""

    name: str  # "answer", "reason", "blank 2", "3"
    share: Fraction  # of the question's points: what the part is worth
    earned: Fraction  # of the question's points
    status: Status
    message: str  # in words, with the student's own answer; the right one is not told here
    feedback: str = ""
    misconceptions: tuple[str, ...] = ()
    text: str = ""  # what a person is to read, where one must
    made: tuple[str, ...] = ()  # ids of the rubric's points that a person found in it

    @property
    def misconception(self) -> str:
        """The first of the misconceptions, or nothing."""
        return self.misconceptions[0] if self.misconceptions else ""


@dataclass(frozen=True, slots=True)
class Marked:
    """What a whole response earned."""

    status: Status
    parts: tuple[PartMark, ...]

    @property
    def earned(self) -> Fraction:
        """The share of the question's points."""
        return sum((part.earned for part in self.parts), Fraction(0))


def invalid(name: str, wanted: str, came: str) -> PartMark:
    """Say of a whole form that it cannot be an answer: what was expected, and what came."""
    return PartMark(name, Fraction(1), Fraction(0), Status.INVALID, f"{wanted} was expected, and {came} came.")


def from_judged(name: str, share: Fraction, judged: Judged) -> PartMark:
    """Make the mark of a part that is one entered answer."""
    misconceptions = (judged.misconception,) if judged.misconception else ()
    earned = share * judged.share
    return PartMark(
        name, share, earned, judged.status, judged.message, judged.feedback, misconceptions, judged.text
    )


def scaled(part: PartMark, share: Fraction) -> PartMark:
    """Turn shares of a form into shares of the question."""
    return replace(part, share=part.share * share, earned=part.earned * share)
