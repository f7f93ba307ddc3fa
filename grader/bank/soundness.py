"""What validating finds: sentences with their places, and a table with a line for each question. Plain data."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from grader.errors import Complaint, Place

__all__ = ["Finding", "QuestionSummary", "QuizSummary", "Severity", "Soundness"]


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

    def cells(self) -> tuple[str, ...]:
        """Return the summary as the words of a table's row."""
        return (
            self.id,
            str(self.checks),
            f"{self.cases} ({self.public_cases})",
            "-" if self.amplification is None else f"{self.amplification:.1f}",
            "-" if self.gradient_gap is None else f"{self.gradient_gap:.0e}",
            "sound" if self.is_sound else "NOT SOUND",
        )


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
_HEAD = ("question", "checks", "cases (public)", "amplification", "gradient gap", "")


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

    def text(self) -> str:
        """Return the findings, the table and the verdict, as a terminal shows them."""
        lines = [str(finding) for finding in self.findings]
        for head, rows in ((_HEAD, self.questions), (_QUIZ_HEAD, self.quiz)):
            if rows:
                gap = [""] if lines and lines[-1] else []
                lines += [*gap, *_table([head, *(one.cells() for one in rows)]), ""]
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


def _table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    listed = list(rows)
    widths = [max(len(row[column]) for row in listed) for column in range(len(listed[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in listed
    ]
