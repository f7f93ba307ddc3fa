"""What holding one entered answer against its key says: a share of the points, and why."""

from fractions import Fraction
from typing import NamedTuple

from grader.model.outcome import Status

__all__ = ["Judged"]


class Judged(NamedTuple):
    """What one answer earned, as a share of its own points, and what is said about it."""

    share: Fraction
    status: Status
    message: str  # in words, with the student's own answer
    feedback: str = ""
    misconception: str = ""
    text: str = ""  # what a person is to read, where one must
