"""Whether two functions differ on some inputs by more than rounding: quicker to see than what is true there."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.audit.calls import outcomes_of
from grader.model.inputs import Argument
from grader.model.key import KeyedCase
from grader.model.outcome import Outcome
from grader.model.question import CodeQuestion

__all__ = ["differ"]

ROUNDING = 1e-12  # of each number: a sum that cancels may differ more, and is looked at more closely then


def differ(
    question: CodeQuestion, one: Callable[..., Any], other: Callable[..., Any], arguments: tuple[Argument, ...]
) -> bool:
    """Whether two functions return different numbers, shapes or errors, or change different arguments."""
    case = KeyedCase("", "", False, arguments, ())
    return _apart(*(outcomes_of(function, question, [case])[""] for function in (one, other)))


def _apart(one: Outcome, other: Outcome) -> bool:
    if (one.status, one.count, one.changed) != (other.status, other.count, other.changed):
        return True
    return any(_differ(first.array, second.array) for first, second in zip(one.values, other.values, strict=True))


def _differ(first: NDArray[Any] | None, second: NDArray[Any] | None) -> bool:
    if first is None or second is None or first.shape != second.shape:
        return first is not None or second is not None
    with np.errstate(all="ignore"):
        near = np.abs(first - second) <= ROUNDING * np.maximum(np.abs(first), np.abs(second))
        return not bool((near | (first == second) | (np.isnan(first) & np.isnan(second))).all())
