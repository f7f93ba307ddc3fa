"""A student's self-check: one file or folder, on public cases only, by the same path as grading.

Answers to a quiz are read, and it is said what was understood; no mark is given.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.assessment.key import answer_key
from grader.bank.load import load_assessment
from grader.errors import InputError
from grader.grading import examine
from grader.intake import read_submission
from grader.model.grade import StudentGrade
from grader.model.inputs import Submission
from grader.model.outcome import Isolation
from grader.model.question import Assessment
from grader.plan import make_plan
from grader.report.hints import within
from grader.sandbox.runner import open_runner

if TYPE_CHECKING:
    from grader.answers.understood import Understood

__all__ = ["Checked", "check_path"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: the grade of the code on public cases, and what was understood of answers to a quiz."""

    grade: StudentGrade | None  # None where nothing but a quiz was asked for
    answers: tuple["Understood", ...] = ()
    notes: tuple[str, ...] = ()  # on the answers
    problem: str = ""  # what the grader itself failed at

    @property
    def is_done(self) -> bool:
        """Whether all code passes, and all answers are there and can be read."""
        is_right = self.grade is None or self.grade.score == self.grade.max_score
        return is_right and all(one.status == "understood" for one in self.answers)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON: the entry of ``results.json`` for code, and beside it the answers."""
        made = self.grade.to_json("") if self.grade else {"notes": []}
        if self.answers:
            made["notes"] = list(dict.fromkeys((*made["notes"], *self.notes)))
            made["answers"] = [one.to_json() for one in self.answers]
        return made


def check_path(path: Path, assessment: Path, question: str | None, cache: Path | None) -> Checked:
    """Check a file or a folder; of answers to a quiz say what was understood, and never what is right.

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
    submission = read_submission(folder)
    if not path.is_dir() and chosen.quiz:  # the file that was named, whatever lies beside it
        submission = replace(submission, files=tuple(one for one in submission.files if one.path == path.name))
    told, notes = _understood(chosen, submission)
    if not chosen.items:
        return Checked(None, told, notes)
    grade = _grade(replace(chosen, quiz=()), loaded, submission, cache)
    problem = "" if grade.is_graded else "the grader itself failed; this says nothing about your code"
    return Checked(within(grade, chosen.hints), told, notes, problem)


def _grade(chosen: Assessment, loaded: Assessment, submission: Submission, cache: Path | None) -> StudentGrade:
    plan = make_plan(chosen, answer_key(loaded, cache), public_only=True, cache=cache)
    runner = open_runner(least=Isolation.NONE)
    try:
        return examine(submission, plan, runner).grade
    finally:
        runner.close()


def _understood(chosen: Assessment, submission: Submission) -> tuple[tuple["Understood", ...], tuple[str, ...]]:
    if not chosen.quiz:
        return (), ()
    from grader.answers.file import (  # these take long to import, and code is checked without them
        MISSING,
        read_answers,
    )
    from grader.answers.understood import understand

    answers, unread = read_answers(submission)
    if not answers and not unread:
        unread = (MISSING,)
    told, notes = understand(chosen, submission.student, answers)
    left_out = submission.notes if not chosen.items else ()
    return told, (*left_out, *unread, *notes)


def _chosen(assessment: Assessment, question: str | None) -> Assessment:
    if question is None:
        return assessment
    items = tuple(
        item
        for item in assessment.items
        if question in (item.question.id, item.question.id.partition("/")[2], item.question.function)
    )
    quiz = tuple(
        item for item in assessment.quiz if question in (item.question.id, item.question.id.partition("/")[2])
    )
    if not items and not quiz:
        known = ", ".join(item.question.id for item in assessment.picked)
        raise InputError(f"there is no question {question!r}", hint=f"The questions are: {known}")
    return replace(assessment, items=items, quiz=quiz)


def _for_file(assessment: Assessment, path: Path) -> Assessment:
    """Keep the questions that a file answers."""
    if assessment.quiz and path.suffix in (".yaml", ".yml", ".json"):
        return replace(assessment, items=())
    items = tuple(item for item in assessment.items if item.question.module == path.stem)
    if path.suffix not in (".py", ".ipynb") or not items:
        files = sorted({f"{item.question.module}.py" for item in assessment.items})
        files += ["answers.yaml"] if assessment.quiz else []
        raise InputError(
            f"no question asks for a file {path.name!r}", hint=f"The files that count are: {', '.join(files)}"
        )
    return replace(assessment, items=items, quiz=())
