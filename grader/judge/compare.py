"""Hold one value that came back against one true value, under a rule.

What is allowed follows from the question alone: no answer gets a wider tolerance by coming in a shorter type.
Decided in this order: can it be read as real numbers, has it the right shape, are nan and infinities where they
belong, are zeros zeros (of either sign), and only then how large the error is. It knows no question and no words.

The error is taken against ``nearest + rest``, so that it is good to far less than one unit in the last place, and
an answer that is the correctly rounded float64 passes every rule, whatever its tolerance.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.model.key import Expected
from grader.model.outcome import Value
from grader.model.question import Rule, RuleKind
from grader.numerics.ulp import smallest_normal, ulp_exponent

__all__ = ["RIGHT", "Comparison", "Fault", "compare", "is_real"]

EPS = float(np.finfo(np.float64).eps)
TINY = smallest_normal(np.float64)
FLOAT64 = np.dtype(np.float64)
WIDE = {np.dtype(np.int64), np.dtype(np.uint64), np.dtype(np.longdouble)}  # what float64 cannot hold exactly


class Fault(StrEnum):
    """What is wrong, the first that applies."""

    TYPE = "type"  # cannot be read as real numbers
    SHAPE = "shape"
    NAN = "nan"  # nan where a number is wanted, or the other way round
    INFINITY = "infinity"  # likewise, or infinity of the other sign
    SIZE = "size"  # the error is too large


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """How one value stands to the true one. ``index``, ``got``, ``wanted``, ``error`` are of the worst number.

    The worst is the first misplaced nan or infinity, otherwise the number with the largest error for what is
    allowed there. ``gap`` and ``allowed`` are in the unit of the rule: ULP, eps, or a share of the value.
    """

    passed: bool
    fault: Fault | None = None
    wrong: int = 0  # how many numbers are not right
    total: int = 0
    index: tuple[int, ...] = ()
    got: float = 0.0
    wanted: float = 0.0
    error: float = 0.0  # absolute
    gap: float = 0.0
    allowed: float = 0.0
    nan_count: int = 0  # nan where none is wanted
    infinity_count: int = 0  # infinite where a finite number is wanted
    got_shape: tuple[int, ...] = ()
    wanted_shape: tuple[int, ...] = ()


RIGHT = Comparison(passed=True)  # the same for every value that passes: most do, and nothing of it is shown


@dataclass(frozen=True, slots=True, eq=False)
class _Ruler:
    """What a rule allows of one true value, worked out once for all students."""

    allowed: Any  # the largest absolute error, for each number or for all
    unit: Any  # the absolute error that counts as 1 in the rule's unit
    is_plain: bool  # every true value is finite, and none is an interval


def is_real(value: Value) -> bool:
    """Whether the value can be read as real numbers."""
    return value.array is not None and value.array.dtype.kind in "biuf"


def compare(value: Value, expected: Expected, rule: Rule) -> Comparison:
    """Hold ``value`` against ``expected`` under ``rule``; never raises, never warns."""
    array = value.array
    wanted = expected.nearest
    if array is None or array.dtype.kind not in "biuf":
        return Comparison(passed=False, fault=Fault.TYPE, wanted_shape=wanted.shape)
    if array.shape != wanted.shape:
        return Comparison(
            passed=False, fault=Fault.SHAPE, got_shape=array.shape, wanted_shape=wanted.shape, total=wanted.size
        )
    got: NDArray[Any] = array
    if array.dtype is not FLOAT64:
        got = array.astype(np.longdouble if array.dtype in WIDE else np.float64)
    ruler = _ruler(expected, rule)
    with np.errstate(all="ignore"):
        if ruler.is_plain:
            error = np.abs(got - wanted - expected.rest)
            right = int(np.count_nonzero(error <= ruler.allowed))  # never of nan
            if right == wanted.size:
                return RIGHT
            if np.isfinite(error).all():
                return _too_large(got, expected, ruler, error, wanted.size - right)
        return _examine(got, expected, ruler)


@lru_cache(maxsize=4096)
def _ruler(expected: Expected, rule: Rule) -> _Ruler:
    wanted = expected.nearest
    finite = np.isfinite(wanted)
    size = np.abs(np.where(finite, wanted, 0.0))
    with np.errstate(all="ignore"):
        match rule.kind:
            case RuleKind.ABSOLUTE:
                unit = np.maximum(1.0, size)
                allowed = rule.tolerance * unit
            case RuleKind.EPS:
                unit = EPS * np.maximum(1.0, size)
                allowed = rule.tolerance * unit
            case RuleKind.ULP:
                unit = np.ldexp(1.0, ulp_exponent(wanted, expected.rest, np.float64))
                kappa = np.nan_to_num(expected.kappa, nan=0.0) if expected.kappa is not None else 0.0
                allowed = np.where(size < TINY, TINY, (rule.tolerance + rule.per_condition * kappa) * unit)
            case RuleKind.NORMWISE:
                largest = float(size.max(initial=0.0))
                unit = np.full(wanted.shape, largest if largest > 0 else 1.0)
                allowed = rule.tolerance * unit
        allowed = np.maximum(allowed, np.abs(np.where(finite, expected.rest, 0.0)))
    plain = bool(finite.all() and (expected.low == wanted).all() and (expected.high == wanted).all())
    return _Ruler(allowed, unit, plain)


def _examine(got: NDArray[Any], expected: Expected, ruler: _Ruler) -> Comparison:
    """Look at every number: which are wrong, and which is the worst. Runs under ``errstate``."""
    wanted = expected.nearest
    finite = np.isfinite(wanted)
    error = np.abs(np.where(finite, got - wanted - expected.rest, 0.0))
    between = expected.low < expected.high
    if between.any():  # any value of the interval is right; outside of it the error counts from its nearer end
        outside = np.maximum(np.maximum(expected.low - got, got - expected.high), 0.0)
        error = np.where(between, outside, error)
    stray_nan = np.isnan(got) != np.isnan(wanted)
    stray_infinity = ~stray_nan & (np.isinf(got) | np.isinf(wanted)) & (got != wanted)
    too_large = finite & (error > ruler.allowed)
    wrong = stray_nan | stray_infinity | too_large
    count = int(wrong.sum())
    if not count:
        return RIGHT
    fault, weight = Fault.SIZE, np.where(too_large, error / ruler.allowed, -1.0)
    if stray_nan.any():
        fault, weight = Fault.NAN, stray_nan
    elif stray_infinity.any():
        fault, weight = Fault.INFINITY, stray_infinity
    return replace(
        _at_worst(got, expected, ruler, error, weight),
        fault=fault,
        wrong=count,
        nan_count=int((np.isnan(got) & ~np.isnan(wanted)).sum()),
        infinity_count=int((np.isinf(got) & finite).sum()),
    )


def _too_large(
    got: NDArray[Any], expected: Expected, ruler: _Ruler, error: NDArray[Any], wrong: int
) -> Comparison:
    """Tell errors where everything is finite, as it is with most wrong formulas. Runs under ``errstate``."""
    return replace(_at_worst(got, expected, ruler, error, error / ruler.allowed), fault=Fault.SIZE, wrong=wrong)


def _at_worst(
    got: NDArray[Any], expected: Expected, ruler: _Ruler, error: NDArray[Any], weight: NDArray[Any]
) -> Comparison:
    """Describe the number with the largest weight."""
    wanted = expected.nearest
    index = tuple(int(i) for i in np.unravel_index(int(np.argmax(weight)), wanted.shape))
    return Comparison(
        passed=False,
        total=wanted.size,
        index=index,
        got=float(got[index]),
        wanted=float(wanted[index]),
        error=float(error[index]),
        gap=float(error[index] / ruler.unit[index]),
        allowed=float(ruler.allowed[index] / ruler.unit[index]),
        got_shape=got.shape,
        wanted_shape=wanted.shape,
    )
