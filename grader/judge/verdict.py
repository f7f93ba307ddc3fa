"""Decide each check on each of its cases, without words: what the score rests on, and what asks for another run.

    not run   the case was not asked for (a student's self-check makes public calls only)
    passed    the check holds on this case
    else      how the call ended, or FAILED when it returned something that is not right

A check holds when it holds on all of its cases that were run. A real failure outweighs a fault of the grader on
another case; with nothing but the grader's own fault the check is not decided.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from grader.judge.compare import RIGHT, Comparison, Fault, compare, is_real
from grader.model.key import Expected, KeyedCase
from grader.model.outcome import Loaded, Outcome, Status, Value
from grader.model.question import ALL, ANY, Check, CodeQuestion, Rule

__all__ = ["CaseVerdict", "CheckVerdict", "decide", "is_settled"]

LOST = Outcome("", Status.GRADER_ERROR, detail="the outcome of this call was lost")


@dataclass(frozen=True, slots=True, eq=False)
class CaseVerdict:
    """How one check stands on one case. ``result`` is the position of the result at fault, -1 where none is."""

    case: KeyedCase
    outcome: Outcome
    status: Status
    result: int = -1
    comparison: Comparison = RIGHT
    is_changed: bool = False  # the arguments were changed, and the check asks that they are not


@dataclass(frozen=True, slots=True, eq=False)
class CheckVerdict:
    """How one check stands. ``status`` is None when none of its cases was run."""

    check: Check
    status: Status | None
    cases: tuple[CaseVerdict, ...] = ()  # those that were run, public ones first, smallest first
    skipped_for: str = ""  # the check that had to pass first

    @property
    def failed(self) -> tuple[CaseVerdict, ...]:
        """The cases on which the check does not hold, the one to show first."""
        return tuple(case for case in self.cases if case.status is not Status.PASSED)


def decide(
    question: CodeQuestion, cases: tuple[KeyedCase, ...], loaded: Loaded, outcomes: Mapping[str, Outcome]
) -> tuple[CheckVerdict, ...]:
    """Decide every check of a question, in the question's order."""
    if loaded.status is not Status.PASSED:
        return tuple(CheckVerdict(check, loaded.status) for check in question.checks)
    hidden_ran = any(case.name in outcomes for case in cases if not case.public)
    run = {
        case.name: (case, outcomes.get(case.name, LOST)) for case in _sorted(cases) if case.public or hidden_ran
    }
    verdicts: dict[str, CheckVerdict] = {}
    pending = list(question.checks)
    while pending:
        turn = min(_turn(check) for check in pending)
        others = [check for check in pending if _turn(check) == turn]
        ready = [check for check in others if check.needs in ("", ANY, ALL, *verdicts)] or others
        for check in ready:
            missing = _missing(check, verdicts)
            verdicts[check.name] = (
                CheckVerdict(check, missing, skipped_for=check.needs) if missing else _check(question, check, run)
            )
        pending = [check for check in pending if check.name not in verdicts]
    return tuple(verdicts[check.name] for check in question.checks)


def _turn(check: Check) -> int:
    """Return when a check can be decided: those that need all others, or any, wait for these."""
    return {ALL: 1, ANY: 2}.get(check.needs, 0)


def _missing(check: Check, verdicts: Mapping[str, CheckVerdict]) -> Status | None:
    """Return how the check that this one needs failed, or None where nothing stands in its way."""
    if check.needs == ALL:
        failed = (verdict.status for verdict in verdicts.values() if _turn(verdict.check) == 0)
        return next((status for status in failed if status not in (None, Status.PASSED)), None)
    needed = (
        verdicts.values() if check.needs == ANY else [verdicts[check.needs]] if check.needs in verdicts else []
    )
    ended = [verdict.status for verdict in needed]
    return None if not ended or {None, Status.PASSED} & set(ended) else ended[0]


def is_settled(verdicts: tuple[CheckVerdict, ...]) -> bool:
    """Whether every check that was run holds."""
    return all(verdict.status in (None, Status.PASSED) for verdict in verdicts)


def _sorted(cases: tuple[KeyedCase, ...]) -> list[KeyedCase]:
    return sorted(cases, key=lambda case: (not case.public, sum(a.value.size for a in case.arguments)))


def _check(question: CodeQuestion, check: Check, run: Mapping[str, tuple[KeyedCase, Outcome]]) -> CheckVerdict:
    asked = set(check.cases)
    cases = tuple(_case(question, check, *pair) for name, pair in run.items() if name in asked)
    failed = [case.status for case in cases if case.status is not Status.PASSED]
    real = [status for status in failed if status is not Status.GRADER_ERROR]
    status = (real or failed or [Status.PASSED if cases else None])[0]
    return CheckVerdict(check, status, cases)


def _case(question: CodeQuestion, check: Check, case: KeyedCase, outcome: Outcome) -> CaseVerdict:
    if outcome.status is not Status.PASSED:
        return CaseVerdict(case, outcome, outcome.status)
    if len(outcome.values) != len(question.results):
        return CaseVerdict(case, outcome, Status.FAILED)
    asked = [question.results.index(check.result)] if check.result else range(len(question.results))
    for position in asked:
        comparison = _compare(outcome.values[position], case.expected[position], check.rule)
        if not comparison.passed:
            return CaseVerdict(case, outcome, Status.FAILED, position, comparison)
    if check.unchanged and outcome.changed:
        return CaseVerdict(case, outcome, Status.FAILED, is_changed=True)
    return CaseVerdict(case, outcome, Status.PASSED)


def _compare(value: Value, expected: Expected, rule: Rule | None) -> Comparison:
    """Compare under the rule; without one ask for numbers of any kind, so that an empty function earns nothing."""
    if rule is not None:
        return compare(value, expected, rule)
    if is_real(value):
        return RIGHT
    return Comparison(passed=False, fault=Fault.TYPE, wanted_shape=expected.nearest.shape)
