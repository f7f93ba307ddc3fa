"""A student's self-check: one file or folder, on public cases only, by the same path as grading."""

from dataclasses import replace
from pathlib import Path

from grader.assessment.key import answer_key
from grader.bank.load import load_assessment
from grader.errors import InputError
from grader.grading import examine
from grader.intake import read_submission
from grader.model.grade import StudentGrade
from grader.model.outcome import Isolation
from grader.model.question import Assessment
from grader.plan import make_plan
from grader.report.hints import within
from grader.sandbox.runner import open_runner

__all__ = ["check_path"]


def check_path(path: Path, assessment: Path, question: str | None, cache: Path | None) -> tuple[StudentGrade, str]:
    """Check a file or a folder; return the grade on public cases, and what the grader itself failed at, if so.

    Raises InputError where the path, or the question, is not one to check.
    """
    loaded = load_assessment(assessment, cache)
    if not path.exists():
        raise InputError(
            f"there is no file or folder {str(path)!r}", hint="Name the file that you work on: lstm.py"
        )
    chosen = _chosen(loaded, question)
    if not path.is_dir():
        chosen = _for_file(chosen, path)
    folder = path.resolve() if path.is_dir() else path.absolute().parent.resolve()
    plan = make_plan(chosen, answer_key(loaded, cache), public_only=True, cache=cache)
    runner = open_runner(least=Isolation.NONE)
    try:
        grade = examine(read_submission(folder), plan, runner).grade
    finally:
        runner.close()
    problem = "" if grade.is_graded else "the grader itself failed; this says nothing about your code"
    return within(grade, chosen.hints), problem


def _chosen(assessment: Assessment, question: str | None) -> Assessment:
    if question is None:
        return assessment
    items = tuple(
        item
        for item in assessment.items
        if question in (item.question.id, item.question.id.partition("/")[2], item.question.function)
    )
    if not items:
        known = ", ".join(item.question.id for item in assessment.items)
        raise InputError(f"there is no question {question!r}", hint=f"The questions are: {known}")
    return replace(assessment, items=items)


def _for_file(assessment: Assessment, path: Path) -> Assessment:
    """Keep the questions that a file answers."""
    items = tuple(item for item in assessment.items if item.question.module == path.stem)
    if path.suffix not in (".py", ".ipynb") or not items:
        files = sorted({f"{item.question.module}.py" for item in assessment.items})
        raise InputError(
            f"no question asks for a file {path.name!r}", hint=f"The files that count are: {', '.join(files)}"
        )
    return replace(assessment, items=items)
