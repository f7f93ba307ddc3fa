"""The sums of a class, gathered one student at a time: memory grows by a few bytes a student, and a few names."""

import statistics
from array import array
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Self

from grader.model.outcome import Status
from grader.report.verdict import LIST_WORTHY

__all__ = ["Attention", "Cell", "ClassRow", "Everywhere", "Known", "MistakeTally", "QuestionTally", "Tally"]

BINS = 10
MOST_LISTED = 60  # students who need a look, of each kind


@dataclass(frozen=True, slots=True)
class Known:
    """A known mistake that an answer matches; ``alike`` is the one told before that it cannot be told from."""

    id: str
    text: str
    alike: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One question of one student."""

    id: str
    score: float
    max_score: float
    status: Status
    failed: tuple[str, ...] = ()  # names of the checks that did not pass
    known: tuple[Known, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One student of a class: marks and statuses, and the file of their page."""

    student: str
    page: str  # relative to the class page: "students/ada.html"
    score: float
    max_score: float
    cells: tuple[Cell, ...]
    notes: int = 0
    foreign: str = ""  # for instructors: whose sheet they have answered instead of their own

    @classmethod
    def of(cls, grade: dict[str, Any], foreign: str = "") -> Self:
        """Make a row from a student as ``results.json`` has it."""
        cells = tuple(
            Cell(
                id=question["id"],
                score=question["score"],
                max_score=question["max_score"],
                status=Status(question["status"]),
                failed=tuple(check["name"] for check in question["checks"] if not check["passed"]),
                known=tuple(
                    Known(one["id"], one["text"], one.get("alike", "")) for one in question["misconceptions"]
                ),
            )
            for question in grade["questions"]
        )
        return cls(
            grade["student"],
            grade["page"],
            grade["score"],
            grade["max_score"],
            cells,
            len(grade["notes"]),
            foreign,
        )


@dataclass(frozen=True, slots=True)
class Attention:
    """A student whom somebody should look at, and the questions because of which."""

    student: str
    page: str
    reasons: tuple[tuple[Status, tuple[str, ...]], ...]  # a status, and the questions that ended so
    words: str = ""


@dataclass(slots=True)
class MistakeTally:
    """A known mistake on one question, and who makes it: numbers of students in the order of their rows."""

    id: str
    text: str
    students: "array[int]" = field(default_factory=lambda: array("I"))
    alike: dict[str, str] = field(default_factory=dict[str, str])  # mistakes that nothing tells from it, by id

    @property
    def count(self) -> int:
        """How many students make it."""
        return len(self.students)


@dataclass(frozen=True, slots=True)
class Everywhere:
    """A known mistake over all questions: how many students make it, and on which questions how many."""

    id: str
    text: str
    count: int
    questions: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class QuestionTally:
    """How a class did on one question; points and checks are of those whom the grader did not fail on."""

    statuses: Counter[Status] = field(default_factory=Counter[Status])
    failed: Counter[str] = field(default_factory=Counter[str])
    points: float = 0.0
    known: dict[str, MistakeTally] = field(default_factory=dict[str, MistakeTally])

    @property
    def mistakes(self) -> list[MistakeTally]:
        """The known mistakes, the most frequent first."""
        return sorted(self.known.values(), key=lambda one: (-one.count, one.id))

    def add_known(self, known: tuple[Known, ...], student: int) -> None:
        """Count the known mistakes of a student, by number."""
        for one in known:
            if not one.alike:
                self.known.setdefault(one.id, MistakeTally(one.id, one.text)).students.append(student)
            elif one.alike in self.known:
                self.known[one.alike].alike[one.id] = one.text

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
    with_mistakes: int = 0
    questions: dict[str, QuestionTally] = field(default_factory=dict[str, QuestionTally])
    ours: list[Attention] = field(default_factory=list[Attention])  # the grader failed
    foreign: list[Attention] = field(default_factory=list[Attention])  # answered another's sheet
    waiting: Counter[str] = field(default_factory=Counter[str])  # texts that people mark, by question
    waiting_count: int = 0  # students with such texts
    foreign_count: int = 0
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
        self.with_mistakes += any(cell.known for cell in row.cells)
        for cell in row.cells:
            tally = self.questions.setdefault(cell.id, QuestionTally())
            tally.statuses[cell.status] += 1
            if cell.status is not Status.GRADER_ERROR:
                tally.failed.update(cell.failed)
                tally.points += cell.score
                tally.add_known(cell.known, self.count - 1)
        waiting = [cell.id for cell in row.cells if cell.status is Status.NEEDS_REVIEW]
        self.waiting.update(waiting)
        self.waiting_count += bool(waiting)
        if row.foreign:
            self.foreign_count += 1
            _keep(self.foreign, row, ())
        worthy = tuple(cell for cell in row.cells if cell.status in LIST_WORTHY)
        if any(cell.status is Status.GRADER_ERROR for cell in worthy):
            self.ours_count += 1
            _keep(self.ours, row, worthy)
        elif worthy:
            self.stopped_count += 1
            _keep(self.stopped, row, worthy)

    @property
    def mistakes(self) -> list[Everywhere]:
        """The known mistakes over all questions, the most frequent first; nobody counts twice for one."""
        found: dict[str, list[tuple[str, MistakeTally]]] = {}
        for question, tally in self.questions.items():
            for one in tally.mistakes:
                found.setdefault(one.id, []).append((question, one))
        every = [
            Everywhere(
                name,
                where[0][1].text,
                len(set().union(*(one.students for _, one in where))),
                tuple((question, one.count) for question, one in where),
            )
            for name, where in found.items()
        ]
        return sorted(every, key=lambda one: (-one.count, one.id))

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
        listed.append(Attention(row.student, row.page, reasons, row.foreign))
