"""How far the ladder of a known mistake may be opened: what is not allowed leaves the grade before it is shown.

The id and the evidence say what the code does, so they go with the correction.
"""

from dataclasses import replace

from grader.model.grade import Misconception, StudentGrade
from grader.model.question import Hints

__all__ = ["next_rung", "within"]


def within(grade: StudentGrade, hints: Hints) -> StudentGrade:
    """Return a grade that holds no more of its known mistakes than a student may read."""
    if hints is Hints.CORRECTION:
        return grade
    questions = tuple(
        replace(one, misconceptions=tuple(_cut(known, hints) for known in one.misconceptions if _stays(known)))
        for one in grade.questions
    )
    return replace(grade, questions=questions)


def next_rung(known: Misconception, hints: Hints) -> Hints | None:
    """Return the rung after ``hints``, or None where the assessment allows no further one."""
    if hints is Hints.QUESTION and known.look:
        return Hints.POINTER
    return Hints.CORRECTION if hints is not Hints.CORRECTION and known.fix else None


def _stays(known: Misconception) -> bool:
    """Whether anything is left to say: what is told beside another one only adds to its correction."""
    return bool(known.think) and not known.alike


def _cut(known: Misconception, hints: Hints) -> Misconception:
    look = known.look if hints is Hints.POINTER else ""
    return Misconception(id="", text=known.think, evidence="", think=known.think, look=look)
