"""Make one student's sheet of an assessment: every question posed, its key beside it."""

from fractions import Fraction
from pathlib import Path

from grader.errors import InputError, Place
from grader.kinds.registry import kind_of
from grader.kinds.variant import draw
from grader.model.question import Assessment, Item, QuizItem
from grader.model.sheet import HandIn, Key, Posed, Sheet
from grader.model.sheet import Item as SheetItem
from grader.quiz.codes import code_for, stream_of

__all__ = ["SECRET_FILE", "make_sheet", "pose", "secret_of", "sheet_for"]

SECRET_FILE = "course.secret"  # noqa: S105 (a name)


def secret_of(assessment: Assessment) -> bytes:
    """Return what variants are drawn from: ``course.secret`` beside the assessment, otherwise its seed.

    Raises InputError where the file cannot be read, or holds nothing: then anybody could work variants out.
    """
    file = Path(assessment.folder) / SECRET_FILE
    if not file.exists():
        return assessment.seed.encode()
    try:
        secret = file.read_bytes().strip()
    except OSError as error:
        words = f"the course's secret cannot be read: {(error.strerror or str(error)).lower()}"
        raise InputError(words, hint="Make it readable.", place=Place(str(file))) from error
    if not secret:
        hint = "Write a long random word into it, or remove it: then the assessment's seed is used."
        raise InputError("the course's secret is empty", hint=hint, place=Place(str(file)))
    return secret


def sheet_for(assessment: Assessment, student: str, secret: bytes) -> Sheet:
    """Make the sheet of a student."""
    return make_sheet(assessment, code_for(secret, assessment.id, student), secret, student)


def make_sheet(assessment: Assessment, code: str, secret: bytes, student: str = "") -> Sheet:
    """Make the sheet of a code. Raises VariantError where a question has no variant."""
    items = {item.question.id: item for item in (*assessment.items, *assessment.quiz)}
    posed = tuple(pose(assessment, items[name], code, secret) for name in assessment.order)
    return Sheet(assessment.id, assessment.title, assessment.introduction, code, posed, student)


def pose(assessment: Assessment, item: Item | QuizItem, code: str, secret: bytes) -> Posed:
    """Make one question of a sheet."""
    question = item.question
    if isinstance(item, Item):
        form = HandIn(f"{item.question.module}.py", question.signature)
        made = SheetItem(question.id, question.kind, question.title, question.prompt, item.points, (form,))
        return Posed(made, Key((None,), (Fraction(1),)))
    kind = kind_of(question.kind)
    if kind.pose is None:  # cannot be: the kinds of a quiz all have one
        raise LookupError(question.kind)
    variant = draw(item.question, stream_of(secret, assessment.id, code, question.id))
    return kind.pose(item.question, variant, item.points)
