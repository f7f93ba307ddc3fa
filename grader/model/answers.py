"""What a student handed in for the questions of a quiz, as it was written; and what a person decided about a text.

Nothing here has been marked or even understood: a response is whatever YAML, JSON or a cell of a table said.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

__all__ = ["NOTHING", "Answers", "HandedIn", "Review"]


@dataclass(frozen=True, slots=True)
class Answers:
    """One student's answers to the sheet of one assessment."""

    assessment: str  # the id that stands on the sheet; empty where nobody wrote it down
    variant: str  # the code as it was written; empty where nobody wrote it down
    responses: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))  # by question id
    source: str = ""  # "answers.yaml", "answers.csv, line 7": what a person would open to look


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What a student handed in, without the code: enough to judge again what was run and read before.

    Of several answers to one question those that stand further in front count.
    """

    answers: tuple[Answers, ...] = ()
    notes: tuple[str, ...] = ()  # on files and answers that could not be read
    files: tuple[str, ...] = ()  # paths in the folder; none where there was no folder
    table: str = ""  # a digest of what came in tables of the class


NOTHING = HandedIn()


@dataclass(frozen=True, slots=True)
class Review:
    """What a person decided about one text: which points of its rubric it earns, and what they wrote to it.

    It holds for the very text that was read: ``digest`` is of it, so that another text waits for a person again.
    """

    question: str
    part: str  # the name of the part in its ``Marked``: "answer", "reason"
    digest: str
    points: tuple[str, ...]  # ids of the rubric's points
    comment: str = ""
