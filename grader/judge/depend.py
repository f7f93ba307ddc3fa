"""Say which wrong function another builds on, so that the first thing to mend is mended first."""

from collections.abc import Mapping
from dataclasses import replace

from grader.model.grade import QuestionGrade
from grader.model.outcome import Status
from grader.model.question import CodeQuestion, Item

__all__ = ["note_dependencies"]

Key = tuple[str, str]  # a file's stem and a function


def note_dependencies(grades: tuple[QuestionGrade, ...], items: tuple[Item, ...]) -> tuple[QuestionGrade, ...]:
    """Add to the feedback of each wrong question the wrong functions below it that build on no other wrong one."""
    ids = {item.question.id for item in items}
    wrong_ids = {grade.id for grade in grades if grade.id in ids and _is_wrong(grade)}
    wrong = {(i.question.module, i.question.function): i.question for i in items if i.question.id in wrong_ids}
    by_id = {question.id: question for question in wrong.values()}
    return tuple(_noted(grade, by_id[grade.id], wrong) if grade.id in by_id else grade for grade in grades)


def _is_wrong(grade: QuestionGrade) -> bool:
    """Whether a function was called and is not right; one that is missing, or that nobody could call, is not."""
    if grade.status in (Status.PASSED, Status.MISSING, Status.GRADER_ERROR):
        return False
    return any(check.total_cases for check in grade.checks)


def _noted(grade: QuestionGrade, question: CodeQuestion, wrong: Mapping[Key, CodeQuestion]) -> QuestionGrade:
    roots = [name for name in _below(question, wrong, frozenset({question.id})) if not _is_named(name, grade)]
    if not roots:
        return grade
    names = " and ".join(f"`{name}`" for name in roots)
    them, are = ("it", "is") if len(roots) == 1 else ("them", "are")
    text = f"Your {names} {are} not right yet; if `{question.function}` builds on {them}, start there."
    return replace(grade, feedback=(*grade.feedback, text))


def _is_named(name: str, grade: QuestionGrade) -> bool:
    """Whether the diagnosis has pointed at a function already."""
    return any(f"`{name}`" in text and "mistake" in text for text in grade.feedback)


def _below(question: CodeQuestion, wrong: Mapping[Key, CodeQuestion], seen: frozenset[str]) -> list[str]:
    found: list[str] = []
    for name in question.depends:
        used = wrong.get((question.module, name))
        if used is not None and used.id not in seen:
            found += _below(used, wrong, seen | {used.id}) or [name]
    return list(dict.fromkeys(found))
