"""What validating finds: sentences with their places, and a table with a line for each question. Plain data."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from grader.errors import Complaint, Place

__all__ = ["Finding", "QuestionSummary", "Severity", "Soundness"]


class Severity(StrEnum):
    """An error makes a bank unfit for grading; a warning is for its author to judge."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found: what, where, and what to do."""

    severity: Severity
    words: str
    hint: str = ""
    place: Place | None = None
    question: str = ""

    def __str__(self) -> str:
        return str(Complaint(f"{self.severity}: {self.words}", self.hint, self.place))

    def to_json(self) -> dict[str, Any]:
        """Return the finding as JSON has it."""
        place = self.place or Place("")
        return {
            "severity": self.severity.value,
            "words": self.words,
            "hint": self.hint,
            "file": place.file,
            "line": place.line,
            "column": place.column,
            "question": self.question,
        }


@dataclass(frozen=True, slots=True)
class QuestionSummary:
    """What was proved of one question. ``amplification`` and ``gradient_gap`` are the worst; None: not asked."""

    id: str
    checks: int
    cases: int
    public_cases: int
    amplification: float | None = None
    gradient_gap: float | None = None
    is_sound: bool = True
    mistakes: int | None = None  # known ones in steps that the question uses; None: not asked
    caught: int = 0
    harmless: int = 0
    right: int = 0  # right solutions with full marks

    def cells(self) -> tuple[str, ...]:
        """Return the summary as the words of a table's row."""
        return (
            self.id,
            str(self.checks),
            f"{self.cases} ({self.public_cases})",
            "-" if self.amplification is None else f"{self.amplification:.1f}",
            "-" if self.gradient_gap is None else f"{self.gradient_gap:.0e}",
            self._caught(),
            str(self.right or "-"),
            "sound" if self.is_sound else "NOT SOUND",
        )

    def _caught(self) -> str:
        """Say how many of the mistakes that can do harm cost points."""
        return f"{self.caught} of {self.mistakes - self.harmless}" if self.mistakes else "-"


@dataclass(frozen=True, slots=True)
class QuizSummary:
    """What was proved of one question of a quiz, by so many of its variants."""

    id: str
    kind: str
    variants: int
    is_sound: bool = True

    def cells(self) -> tuple[str, ...]:
        """Return the summary as the words of a table's row."""
        return self.id, self.kind, str(self.variants), "sound" if self.is_sound else "NOT SOUND"


_QUIZ_HEAD = ("question", "kind", "variants", "")
_HEAD = ("question", "checks", "cases (public)", "amplification", "gradient gap", "caught", "right", "")


@dataclass(frozen=True, slots=True)
class Soundness:
    """What validating one file found."""

    path: str
    findings: tuple[Finding, ...]
    questions: tuple[QuestionSummary, ...]
    quiz: tuple[QuizSummary, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing but warnings was found."""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)

    def text(self, width: int | None = None) -> str:
        """Return the findings, the table and the verdict, as a terminal of that many columns shows them."""
        lines = [str(finding) for finding in self.findings]
        if self.questions:
            rows = [one.cells() for one in self.questions]
            table = _table(_without_empty([_HEAD, *rows]))
            if width is not None and max(map(len, table)) > width:
                table = [line for row in rows for line in _stacked(row)]
            lines += [*([""] if lines else []), *table, ""]
        if self.quiz:
            table = _table([_QUIZ_HEAD, *(one.cells() for one in self.quiz)])
            lines += [*([""] if lines and lines[-1] else []), *table, ""]
        errors = sum(finding.severity is Severity.ERROR for finding in self.findings)
        counts = f"{_count(errors, 'error')}, {_count(len(self.findings) - errors, 'warning')}"
        return "\n".join([*lines, f"{self.path}: {'sound' if self.is_sound else 'not sound'} ({counts})"])

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON has it."""
        return {
            "path": self.path,
            "sound": self.is_sound,
            "findings": [finding.to_json() for finding in self.findings],
            "questions": [
                {
                    "id": one.id,
                    "checks": one.checks,
                    "cases": one.cases,
                    "public_cases": one.public_cases,
                    "amplification": _finite(one.amplification),
                    "gradient_gap": _finite(one.gradient_gap),
                    "sound": one.is_sound,
                    "mistakes": one.mistakes,
                    "caught": one.caught,
                    "harmless": one.harmless,
                    "right_solutions": one.right,
                }
                for one in self.questions
            ],
            "quiz": [
                {"id": one.id, "kind": one.kind, "variants": one.variants, "sound": one.is_sound}
                for one in self.quiz
            ],
        }


def _finite(number: float | None) -> float | None:
    """JSON knows no infinity."""
    return None if number is None or not math.isfinite(number) else number


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _stacked(row: tuple[str, ...]) -> list[str]:
    """Return a row as lines: what it is about and how it stands, then what is known of it."""
    name, *cells, verdict = row
    told = [f"    {head}: {cell}" for head, cell in zip(_HEAD[1:-1], cells, strict=True) if cell != "-"]
    return [f"{name}  {verdict}", *told]


def _without_empty(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Leave out what no question has, of mistakes and right solutions."""
    kept = [
        column
        for column, head in enumerate(rows[0])
        if head not in ("caught", "right") or any(row[column] != "-" for row in rows[1:])
    ]
    return [tuple(row[column] for column in kept) for row in rows]


def _table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    listed = list(rows)
    widths = [max(len(row[column]) for row in listed) for column in range(len(listed[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in listed
    ]
