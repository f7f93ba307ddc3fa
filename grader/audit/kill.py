"""The kill matrix of one question: which check, and which case, tells each known mistake from the right answer.

Only mistakes in steps that the question's function uses are candidates. One that gets full marks

    slips through    and makes the bank unfit, unless it is shown, or said, to be
    harmless         the function has the same values with it, on exact numbers, or
    declared         its author says so: ``harmless_in`` names the function
    not met          on no case, and no input that was tried, does its step give anything else
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from grader.audit.calls import outcomes_of
from grader.audit.met import is_met
from grader.audit.same import is_same_function
from grader.bank.remember import remembered
from grader.diagnose.catalogue import with_mistakes
from grader.diagnose.known import reaches
from grader.judge.verdict import CheckVerdict, decide
from grader.model.key import KeyedCase
from grader.model.mistake import Mistake
from grader.model.outcome import Loaded, Status
from grader.model.question import CodeQuestion, Topic

__all__ = ["Fate", "Mark", "Matrix", "Row", "candidates", "kill_matrix"]

LOADED = Loaded(Status.PASSED)


class Fate(StrEnum):
    """What becomes of a mistake in one question."""

    CAUGHT = "caught"
    HARMLESS = "harmless"
    DECLARED = "declared harmless"
    UNMET = "met by no case"
    SLIPS = "slips through"


class Mark(StrEnum):
    """What one check says of a mistake."""

    TELLS = "tells"
    PASSES = "passes"
    SKIPPED = "not judged"  # a check that it needs tells already


@dataclass(frozen=True, slots=True)
class Row:
    """One mistake in one question."""

    mistake: Mistake
    fate: Fate
    marks: tuple[Mark, ...]  # of each check
    cases: tuple[str, ...]  # those on which some check does not hold


@dataclass(frozen=True, slots=True)
class Matrix:
    """All candidates of one question, in the order of the topic's files."""

    question: CodeQuestion
    checks: tuple[str, ...]
    cases: tuple[str, ...]  # those that a check looks at
    rows: tuple[Row, ...] = ()

    def count(self, *fates: Fate) -> int:
        """Return how many mistakes have one of these fates."""
        return sum(row.fate in fates for row in self.rows)

    def told_by(self, case: str) -> tuple[int, int]:
        """Return how many mistakes a case tells, and how many no other case does."""
        telling = [row for row in self.rows if case in row.cases]
        return len(telling), sum(len(row.cases) == 1 for row in telling)

    def to_json(self) -> dict[str, Any]:
        """Return the matrix as JSON has it."""
        return {
            "question": self.question.id,
            "checks": list(self.checks),
            "cases": [self._case(name) for name in self.cases],
            "mistakes": [self._row(row) for row in self.rows],
        }

    def _case(self, name: str) -> dict[str, Any]:
        tells, alone = self.told_by(name)
        return {"name": name, "tells": tells, "alone": alone}

    def _row(self, row: Row) -> dict[str, Any]:
        place = row.mistake.place
        return {
            "id": row.mistake.id,
            "says": row.mistake.says,
            "kind": row.mistake.kind,
            "file": place.file if place else "",
            "line": place.line if place else 0,
            "fate": row.fate.value,
            "checks": {check: mark.value for check, mark in zip(self.checks, row.marks, strict=True)},
            "cases": list(row.cases),
        }


def candidates(topic: Topic, question: CodeQuestion) -> tuple[Mistake, ...]:
    """Return the known mistakes whose step a question's function uses."""
    steps = reaches(topic, question.function)
    return tuple(one for one in topic.mistakes if one.replaces in steps)


def kill_matrix(
    topic: Topic, question: CodeQuestion, keyed: Sequence[KeyedCase], seed: str, cache: Path | None
) -> Matrix:
    """Hold every candidate against a question's cases; what comes out is kept in the folder ``cache``."""
    judged = {name for check in question.checks for name in check.cases}
    names = ["kill", topic.digest, repr(question), seed]

    def make() -> list[Any]:
        return [_row(topic, question, one, keyed, seed) for one in candidates(topic, question)]

    rows = tuple(
        Row(one, Fate(fate), tuple(map(Mark, marks)), tuple(telling))
        for one, (fate, marks, telling) in zip(
            candidates(topic, question), remembered(cache if topic.digest else None, names, make), strict=True
        )
    )
    checks = tuple(check.name for check in question.checks)
    return Matrix(question, checks, tuple(case.name for case in keyed if case.name in judged), rows)


def _row(topic: Topic, question: CodeQuestion, one: Mistake, keyed: Sequence[KeyedCase], seed: str) -> list[Any]:
    """Return what becomes of a mistake, what each check says, and which cases tell."""
    verdicts, telling = _tried(topic, question, one, keyed)
    fate = Fate.CAUGHT
    if all(verdict.status is Status.PASSED for verdict in verdicts):
        fate = _fate(topic, question, one, seed)
    return [fate, [_mark(verdict) for verdict in verdicts], telling]


def _tried(
    topic: Topic, question: CodeQuestion, one: Mistake, keyed: Sequence[KeyedCase]
) -> tuple[tuple[CheckVerdict, ...], tuple[str, ...]]:
    """Return the verdicts of a mistake, and the cases that tell it whatever any check waits for."""
    outcomes = outcomes_of(with_mistakes(topic.reference, [one], question.function), question, keyed)
    verdicts = decide(question, tuple(keyed), LOADED, outcomes)
    free = replace(question, checks=tuple(replace(check, needs="") for check in question.checks))
    each = decide(free, tuple(keyed), LOADED, outcomes)
    wrong = {case.case.name for verdict in each for case in verdict.failed}
    return verdicts, tuple(case.name for case in keyed if case.name in wrong)


def _mark(verdict: CheckVerdict) -> Mark:
    if verdict.skipped_for:
        return Mark.SKIPPED
    return Mark.PASSES if verdict.status is Status.PASSED else Mark.TELLS


def _fate(topic: Topic, question: CodeQuestion, one: Mistake, seed: str) -> Fate:
    """Say what to make of a mistake that gets full marks."""
    if question.function in one.harmless_in:
        return Fate.DECLARED
    if not is_same_function(topic, question, one, seed):
        return Fate.SLIPS
    return Fate.HARMLESS if is_met(topic, question, one, seed) else Fate.UNMET
