"""The sums of a class, gathered one student at a time: memory grows by eight bytes a student, and a few names."""

import statistics
from array import array
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Self

from grader.model.outcome import Status
from grader.report.verdict import LIST_WORTHY, OURS

__all__ = ["Attention", "Cell", "ClassRow", "QuestionTally", "Tally"]

BINS = 10
MOST_LISTED = 60  # students who need a look, of each kind


@dataclass(frozen=True, slots=True)
class Cell:
    """One question of one student."""

    id: str
    score: float
    max_score: float
    status: Status
    failed: tuple[str, ...] = ()  # names of the checks that did not pass


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One student of a class: marks and statuses, and the file of their page."""

    student: str
    page: str  # relative to the class page: "students/ada.html"
    score: float
    max_score: float
    cells: tuple[Cell, ...]
    notes: int = 0

    @classmethod
    def of(cls, grade: dict[str, Any]) -> Self:
        """Make a row from a student as ``results.json`` has it."""
        cells = tuple(
            Cell(
                id=question["id"],
                score=question["score"],
                max_score=question["max_score"],
                status=Status(question["status"]),
                failed=tuple(check["name"] for check in question["checks"] if not check["passed"]),
            )
            for question in grade["questions"]
        )
        return cls(grade["student"], grade["page"], grade["score"], grade["max_score"], cells, len(grade["notes"]))


@dataclass(frozen=True, slots=True)
class Attention:
    """A student whom somebody should look at, and the questions because of which."""

    student: str
    page: str
    reasons: tuple[tuple[Status, tuple[str, ...]], ...]  # a status, and the questions that ended so


@dataclass(slots=True)
class QuestionTally:
    """How a class did on one question; points and checks are of those whom the grader did not fail on."""

    statuses: Counter[Status] = field(default_factory=Counter[Status])
    failed: Counter[str] = field(default_factory=Counter[str])
    points: float = 0.0

    @property
    def graded(self) -> int:
        """The number of students whom the grader did not fail on."""
        return self.statuses.total() - self.statuses[Status.GRADER_ERROR]


@dataclass(slots=True)
class Tally:
    """How a class did. Scores are of those whom the grader did not fail on."""

    count: int = 0
    scores: "array[float]" = field(default_factory=lambda: array("d"))
    bins: list[int] = field(default_factory=lambda: [0] * BINS)
    full: int = 0
    none: int = 0
    with_notes: int = 0
    questions: dict[str, QuestionTally] = field(default_factory=dict[str, QuestionTally])
    ours: list[Attention] = field(default_factory=list[Attention])  # the grader failed, or a person must decide
    stopped: list[Attention] = field(default_factory=list[Attention])  # crashed, out of time, blocked, ...
    ours_count: int = 0
    stopped_count: int = 0

    def add(self, row: ClassRow) -> None:
        """Count a student in."""
        self.count += 1
        if all(cell.status is not Status.GRADER_ERROR for cell in row.cells):
            self.scores.append(row.score)
            self.bins[_bin(row.score, row.max_score)] += 1
            self.full += row.score == row.max_score
            self.none += row.score == 0
        self.with_notes += row.notes > 0
        for cell in row.cells:
            tally = self.questions.setdefault(cell.id, QuestionTally())
            tally.statuses[cell.status] += 1
            if cell.status is not Status.GRADER_ERROR:
                tally.failed.update(cell.failed)
                tally.points += cell.score
        worthy = tuple(cell for cell in row.cells if cell.status in LIST_WORTHY)
        if any(cell.status in OURS for cell in worthy):
            self.ours_count += 1
            _keep(self.ours, row, worthy)
        elif worthy:
            self.stopped_count += 1
            _keep(self.stopped, row, worthy)

    @property
    def mean(self) -> float:
        """The mean score, to two decimals; 0 without students."""
        return round(statistics.fmean(self.scores), 2) if self.scores else 0.0

    @property
    def median(self) -> float:
        """The median score, to two decimals; 0 without students."""
        return round(statistics.median(self.scores), 2) if self.scores else 0.0


def _bin(score: float, most: float) -> int:
    return min(int(score / most * BINS + 1e-9), BINS - 1) if most > 0 else 0


def _keep(listed: list[Attention], row: ClassRow, cells: tuple[Cell, ...]) -> None:
    if len(listed) < MOST_LISTED:
        statuses = dict.fromkeys(cell.status for cell in cells)
        reasons = tuple((one, tuple(cell.id for cell in cells if cell.status is one)) for one in statuses)
        listed.append(Attention(row.student, row.page, reasons))
