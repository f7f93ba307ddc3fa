"""The smallest case on which an answer is wrong, with all that came back: for those who may see hidden cases."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from grader.judge.compare import Fault
from grader.judge.evidence import cause
from grader.judge.paste import call_text
from grader.judge.verdict import CaseVerdict, CheckVerdict, decide
from grader.judge.words import clip
from grader.model.cluster import Exhibit, ShownResult
from grader.model.key import KeyedCase
from grader.model.outcome import Loaded, Outcome, Status, Value
from grader.model.question import CodeQuestion

__all__ = ["exhibit"]

MOST_NUMBERS = 400  # of one result, to be written whole
MOST_TEXT = 300
WIDTH = 88
DIGITS = (6, 9, 12, 17)


def exhibit(
    question: CodeQuestion, cases: tuple[KeyedCase, ...], loaded: Loaded, outcomes: Mapping[str, Outcome]
) -> Exhibit | None:
    """Show the smallest case on which a check fails; None where none does."""
    verdicts = [one for one in decide(question, cases, loaded, outcomes) if one.failed and not one.skipped_for]
    pairs = [(verdict, case) for verdict in verdicts for case in verdict.failed]
    if not pairs:
        return None
    verdict, shown = min(pairs, key=lambda pair: _order(pair[1]))
    opened = replace(shown, case=replace(shown.case, public=True))
    return Exhibit(
        case=shown.case,
        outcome=shown.outcome,
        call=call_text(question, shown.case.arguments),
        cause=cause(question, verdict.check, opened),
        results=_results(question, shown, verdicts),
        failed=tuple(one.check.name for one in verdicts),
    )


def _order(shown: CaseVerdict) -> tuple[bool, bool, int]:
    """Put first what returned numbers, then what tells most, then what is smallest."""
    shape = shown.comparison.wanted_shape
    says_little = shown.comparison.fault is Fault.SHAPE and max(shape, default=1) == 1
    size = sum(argument.value.size for argument in shown.case.arguments)
    return shown.outcome.status is not Status.PASSED, says_little, size


def _results(question: CodeQuestion, shown: CaseVerdict, verdicts: list[CheckVerdict]) -> tuple[ShownResult, ...]:
    """Write every result of the call beside the true one."""
    wrong = {case.result for one in verdicts for case in one.failed if case.case.name == shown.case.name}
    values = shown.outcome.values
    return tuple(
        ShownResult(
            name,
            *_pair(values[place] if values else None, shown.case.expected[place].nearest),
            is_right=bool(values) and place not in wrong,
        )
        for place, name in enumerate(question.results)
    )


def _pair(value: Value | None, wanted: NDArray[np.float64]) -> tuple[str, str]:
    """Write what came back and what is true, to as many digits as show that they differ."""
    if value is None:
        return "", _written(wanted, DIGITS[0])
    if value.array is None:
        told = f"{value.type}: {value.note}" if value.note else value.type
        return clip(told, MOST_TEXT), _written(wanted, DIGITS[0])
    pairs = [(_written(value.array, digits), _written(wanted, digits)) for digits in DIGITS]
    return next((pair for pair in pairs if pair[0] != pair[1]), pairs[0])


def _written(array: NDArray[np.generic], digits: int) -> str:
    """Write an array as people read it."""
    return np.array2string(
        array,
        separator=", ",
        threshold=MOST_NUMBERS,
        max_line_width=WIDTH,
        formatter={"float_kind": lambda number: f"{number:.{digits}g}"},
    )
