"""The page of a class: its sums, who needs a look, each question, its mistakes, and every student with their page.

Students come one at a time and leave one at a time. What stands above the list depends on all of them, so that the
few numbers of each row wait in a temporary file (in memory while it is small) until the sums are known. Names
beside a mistake are read from there, too: only numbers of students are kept.
"""

import json
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO
from urllib.parse import quote

from grader.errors import OutputError
from grader.model.cluster import Unexplained
from grader.model.outcome import Isolation, Status
from grader.model.question import Assessment
from grader.report.environment import pour
from grader.report.histogram import draw_histogram
from grader.report.tally import Cell, ClassRow, MistakeTally, QuestionTally, Tally
from grader.report.verdict import VERDICTS, Verdict

__all__ = ["ClassRow", "class_page"]

IN_MEMORY = 4 << 20  # bytes of rows that wait in memory: some ten thousand students


NOTHING_UNEXPLAINED = Unexplained()


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """A check, and how many students did not pass it."""

    name: str
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class QuestionSums:
    """A question of the class page."""

    id: str
    title: str
    max_score: float
    passed: int
    partial: int
    others: tuple[tuple[Verdict, int], ...]
    mean: float
    failed: tuple[FailedCheck, ...]
    mistakes: tuple[MistakeTally, ...]


class _Waiting:
    """Rows in a file, to be read again: all of them in order, or the names of some by number."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._starts = array("Q")
        self._end = 0

    def add(self, row: ClassRow) -> None:
        """Put a row at the end."""
        line = _line(row)
        self._file.write(line)
        self._starts.append(self._end)
        self._end += len(line)

    def rows(self) -> Iterator[ClassRow]:
        """Go through all rows; names must not be asked for meanwhile."""
        self._file.seek(0)
        for line in self._file:
            yield _row(line)

    def names(self, numbers: Iterable[int]) -> Iterator[tuple[str, str]]:
        """Yield the name and the page of some students."""
        for number in numbers:
            self._file.seek(self._starts[number])
            row = _row(self._file.readline())
            yield row.student, row.page


def class_page(
    rows: Iterable[ClassRow],
    assessment: Assessment,
    isolation: Isolation,
    unexplained: Unexplained = NOTHING_UNEXPLAINED,
) -> Iterator[str]:
    """Yield the page of a class in pieces; rows come sorted by student and are read once, in bounded memory.

    Members of clusters are numbers of rows. Raises InputError for a wrong template, OutputError where the rows
    have no place to wait.
    """
    tally = Tally()
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, mode="w+b") as file:
        waiting = _Waiting(file)
        try:
            for row in rows:
                tally.add(row)
                waiting.add(row)
        except OSError as error:
            raise OutputError(f"the rows of the class page cannot be kept in a temporary file: {error}") from error
        values = {
            "assessment": assessment,
            "isolation": isolation,
            "tally": tally,
            "histogram": draw_histogram(tally.bins, ident="scores"),
            "questions": _questions(tally, assessment),
            "unexplained": unexplained,
            "names": waiting.names,
            "rows": waiting.rows(),
            "link": quote,
            "legend": _legend(tally),
        }
        yield from pour("report/class.html.j2", assessment.folder, values)


def _line(row: ClassRow) -> bytes:
    cells = [(cell.score, cell.max_score, cell.status.value) for cell in row.cells]
    return (
        json.dumps((row.student, row.page, row.score, row.max_score, row.notes, row.foreign, cells)).encode()
        + b"\n"
    )


def _row(line: bytes) -> ClassRow:
    student, page, score, most, notes, foreign, cells = json.loads(line)
    marks = tuple(Cell("", got, of, Status(status)) for got, of, status in cells)
    return ClassRow(student, page, score, most, marks, notes, foreign)


def _questions(tally: Tally, assessment: Assessment) -> tuple[QuestionSums, ...]:
    titles = {item.question.id: item.question.title for item in assessment.picked}
    points = {item.question.id: float(item.points) for item in assessment.picked}
    return tuple(
        _sums(name, titles[name], points[name], tally.questions.get(name, QuestionTally())) for name in titles
    )


def _sums(name: str, title: str, points: float, tally: QuestionTally) -> QuestionSums:
    total = tally.graded
    others = tuple(
        (verdict, tally.statuses[status])
        for status, verdict in VERDICTS.items()
        if tally.statuses[status] and status not in (Status.PASSED, Status.PARTIAL)
    )
    failed = tuple(
        FailedCheck(check, count, round(100 * count / total))
        for check, count in sorted(tally.failed.items(), key=_most)
    )
    mean = round(tally.points / total, 2) if total else 0.0
    passed, partial = tally.statuses[Status.PASSED], tally.statuses[Status.PARTIAL]
    return QuestionSums(name, title, points, passed, partial, others, mean, failed, tuple(tally.mistakes))


def _legend(tally: Tally) -> list[Verdict]:
    """Return the verdicts that occur in the class; full marks need no sign."""
    seen = {status for question in tally.questions.values() for status in question.statuses}
    return [verdict for status, verdict in VERDICTS.items() if status in seen and status is not Status.PASSED]


def _most(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]
