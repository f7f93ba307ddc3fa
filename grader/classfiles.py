"""The files of a class, from its gradebook: ``results.json``, ``grades.csv``, ``index.html``."""

import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from grader.files import write_beside
from grader.model.grade import points
from grader.model.key import AnswerKey
from grader.model.outcome import Isolation
from grader.model.question import Assessment
from grader.quiz.variants import Variants
from grader.report.classpage import ClassRow, class_page
from grader.report.safe import safe_cell
from grader.rows import write_row
from grader.store import Gradebook
from grader.unexplained import find_clusters

__all__ = ["Sums", "write_class"]

MOST_SHOWN = 40  # clusters on the class page
MOST_NAMED = 3  # questions in a cell


class Sums(NamedTuple):
    """How many students have full marks, how many wait for a person, and the weakest isolation used."""

    passed: int
    waiting: int
    isolation: Isolation


def write_class(
    book: Gradebook, students: Sequence[str], assessment: Assessment, key: AnswerKey, out: Path
) -> Sums:
    """Write the files of a class."""
    levels: set[str] = set()
    passed = waiting = 0
    for _, level, grade in book.grades(students):
        levels.add(level)
        passed += grade["score"] == grade["max_score"]
        waiting += any(question["status"] == "needs_review" for question in grade["questions"])
    ranked = sorted((Isolation(level) for level in levels), key=lambda level: level.rank)
    isolation = ranked[-1] if ranked else Isolation.NOTHING_RUN
    owners = _Owners(students, assessment)
    write_beside(out / "results.json", _results(book, students, assessment, isolation))
    write_beside(out / "grades.csv", _grades(book, students, assessment, owners))
    rows = (ClassRow.of(grade, owners.told(grade)) for _, _, grade in book.grades(students))
    unexplained = find_clusters(book, sorted(students), assessment, key.cases, shown=MOST_SHOWN)
    write_beside(out / "index.html", class_page(rows, assessment, isolation, unexplained))
    return Sums(passed, waiting, isolation)


class _Owners:
    """Says whose variant somebody has answered who has not answered their own; looks only where there is one."""

    def __init__(self, students: Sequence[str], assessment: Assessment) -> None:
        self._students = students
        self._assessment = assessment

    def told(self, grade: dict[str, Any]) -> str:
        """Say for instructors which of a student's answers are to another's variant, and what they would earn."""
        foreign = [sheet for sheet in grade.get("sheets", ()) if not sheet["counts"]]
        return "; ".join(
            f"answered the variant {sheet['variant']}{self._whose(sheet)}, not {sheet['own']}; "
            f"these answers would earn {sheet['would_earn']:g}"
            for sheet in foreign
        )

    def _whose(self, sheet: dict[str, Any]) -> str:
        owner = self._by_code.get((sheet["assessment"], sheet["variant"]))
        return f" of {owner}" if owner else ", which is nobody's here"

    @cached_property
    def _by_code(self) -> dict[tuple[str, str], str]:
        sources = Variants(self._assessment).sources
        return {(one.assessment.id, one.own(student)): student for one in sources for student in self._students}


def _results(
    book: Gradebook, students: Sequence[str], assessment: Assessment, isolation: Isolation
) -> Iterator[str]:
    """Yield ``results.json``: the same bytes for the same input, so no times and no dates."""
    head = {
        "id": assessment.id,
        "title": assessment.title,
        "max_score": points(assessment.max_score),
        "questions": [{"id": item.question.id, "max_score": points(item.points)} for item in assessment.picked],
    }
    yield f'{{"schema": 1, "assessment": {json.dumps(head)}, "isolation": "{isolation}", "students": ['
    separator = "\n"
    for _, _, grade in book.grades(students):
        yield separator + json.dumps(grade, allow_nan=False)
        separator = ",\n"
    yield "\n]}\n"


def _grades(book: Gradebook, students: Sequence[str], assessment: Assessment, owners: _Owners) -> Iterator[str]:
    """Yield ``grades.csv``, a row a student; cells cannot be taken for formulas."""
    questions = [item.question.id for item in assessment.picked]
    yield write_row(["student", "score", "max_score", *questions, "needs_attention"])
    for student, _, grade in book.grades(students):
        scores = {question["id"]: question for question in grade["questions"]}
        ours = [name for name in questions if scores[name]["status"] == "grader_error"]
        waiting = [name for name in questions if scores[name]["status"] == "needs_review"]
        cells = ["" if name in ours else scores[name]["score"] for name in questions]
        words = [
            f"the grader failed on {', '.join(ours)}" if ours else "",
            f"to be reviewed: {_some(waiting)}" if waiting else "",
            owners.told(grade),
        ]
        told = safe_cell("; ".join(filter(None, words)))
        yield write_row([safe_cell(student), "" if ours else grade["score"], grade["max_score"], *cells, told])


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
