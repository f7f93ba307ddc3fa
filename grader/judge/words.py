"""Sentences and numbers for students: how far off, in which way, and how a call ended.

A number is shown with as many digits as it takes to tell it from the one that is wanted. Words of the trade are
explained where they stand: an ULP is the step from one float64 number to the next.
"""

import builtins
import math

import numpy as np
from numpy.typing import NDArray

from grader.judge.compare import Comparison, Fault
from grader.model.outcome import Outcome, Raised, Status
from grader.model.question import Limits, Rule, RuleKind

__all__ = [
    "all_words",
    "clip",
    "count_words",
    "digits_right",
    "ending",
    "error_words",
    "gap_words",
    "hidden_words",
    "number",
    "pair",
    "pattern_words",
]

ALL_DIGITS = 16  # of float64
ALIKE = 1e-7  # relative: near enough to see a factor, a shift or a rounding in the numbers
ERROR_LENGTH = 500
OWN_ERROR = "an exception of its own"
NUMPY_ERRORS = {"AxisError", "LinAlgError", "_ArrayMemoryError", "_UFuncNoLoopError"}
KNOWN_ERRORS = NUMPY_ERRORS | {
    name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)
}


def clip(text: str, most: int) -> str:
    """Cut a text that a student chose to at most ``most`` characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def number(value: float, digits: int = 6) -> str:
    """Write a number with a few significant digits, its exponent as people write it: 1e-6."""
    mantissa, _, exponent = f"{value:.{digits}g}".partition("e")
    if value == 0:
        return "0"
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa


def pair(got: float, wanted: float) -> tuple[str, str]:
    """Write two numbers with as many digits as it takes to tell them apart."""
    for digits in range(6, 18):
        texts = number(got, digits), number(wanted, digits)
        if texts[0] != texts[1]:
            return texts
    return number(got, 17), number(wanted, 17)


def digits_right(error: float, wanted: float) -> int | None:
    """Return how many of float64's 16 digits are right; None where that says nothing (at 0, nan, infinity)."""
    if wanted == 0 or not math.isfinite(error) or not math.isfinite(wanted):
        return None
    if error >= abs(wanted):
        return 0
    relative = error / abs(wanted)
    return ALL_DIGITS if relative == 0 else min(ALL_DIGITS, math.floor(-math.log10(relative)))


def all_words(count: int, noun: str) -> str:
    """Write "the case", "both cases", "all 3 cases"."""
    return {1: f"the {noun}", 2: f"both {noun}s"}.get(count, f"all {count} {noun}s")


def count_words(wrong: int, total: int) -> str:
    """Say how many numbers are not right; nothing where there is only one."""
    if total <= 1:
        return ""
    if wrong == total:
        return "neither number is right" if total == 2 else f"none of the {total} numbers is right"
    return f"{wrong} of {total} numbers {'is' if wrong == 1 else 'are'} not right"


def gap_words(comparison: Comparison, rule: Rule) -> str:
    """Say how far the worst number is off, in the unit of the rule, and what is allowed."""
    if comparison.fault is Fault.NAN:
        if comparison.nan_count:
            return _strays(comparison.nan_count, "nan (not a number)", "a number is wanted")
        return "a number where nan is wanted: nan in, nan out"
    if comparison.fault is Fault.INFINITY:
        if comparison.infinity_count:
            return _strays(comparison.infinity_count, "infinite", "a finite number is wanted")
        return f"{number(comparison.got)} where {number(comparison.wanted)} is wanted"
    if comparison.fault is not Fault.SIZE:
        return ""
    right = digits_right(comparison.error, comparison.wanted)
    digits = "" if right is None else f" ({'no digit' if not right else f'{right} of {ALL_DIGITS} digits'} right)"
    if rule.kind is RuleKind.ULP and comparison.gap < 1e6:
        return (
            f"off by {comparison.gap:.0f} ULP{digits}; {comparison.allowed:.0f} are allowed "
            "(one ULP is the step from one float64 number to the next)"
        )
    allowed = comparison.allowed * comparison.error / comparison.gap if comparison.gap else 0.0
    if not math.isfinite(comparison.error) or not math.isfinite(allowed):
        return "off by more than float64 can say"
    of_largest = f" ({number(rule.tolerance, 2)} of the largest number)" if rule.kind is RuleKind.NORMWISE else ""
    return f"off by {number(comparison.error, 2)}{digits}; {number(allowed, 2)} is allowed{of_largest}"


def _strays(count: int, what: str, wanted: str) -> str:
    return f"{what} where {wanted}" + (f", {count} times" if count > 1 else "")


def pattern_words(got: NDArray[np.float64], wanted: NDArray[np.float64], dtype: np.dtype[np.generic]) -> str:
    """Say what all numbers have in common: a factor, a shift, the sign, a rounding; nothing where nothing does."""
    finite = np.isfinite(got) & np.isfinite(wanted)
    got, wanted = got[finite], wanted[finite]
    if not got.size:
        return ""
    with np.errstate(all="ignore"):
        size = float(np.abs(wanted).max())
        near = ALIKE * size
        if np.abs(got - wanted).max() <= 10 * near:
            return _precision_words(got, wanted, dtype)
        if np.ptp(wanted) == 0:  # of one number, or of equal ones, there is nothing to compare
            return ""
        if np.ptp(got) == 0:
            return f"every number is {number(float(got.flat[0]))}"
        factor = float(got.flat[np.abs(wanted).argmax()] / wanted.flat[np.abs(wanted).argmax()])
        if np.abs(got - factor * wanted).max() <= near * max(1.0, abs(factor)):
            if abs(factor + 1) <= ALIKE:
                return "every number has the wrong sign"
            return f"every number is {number(factor, 4)} times what is wanted"
        shift = got - wanted
        if np.ptp(shift) <= near:
            by = float(shift.flat[0])
            return f"every number is {number(abs(by), 4)} too {'large' if by > 0 else 'small'}"
        decimals = next((d for d in range(1, 8) if np.array_equal(np.round(got, d), got)), 0)
        if decimals and np.abs(got - wanted).max() <= 0.51 * 10.0**-decimals:
            return f"the numbers look rounded to {decimals} decimal{'s' if decimals > 1 else ''}"
    return ""


def _precision_words(got: NDArray[np.float64], wanted: NDArray[np.float64], dtype: np.dtype[np.generic]) -> str:
    """Say that nearly right numbers were computed in a shorter type."""
    if dtype.name in ("float16", "float32"):
        return f"the answer came back as {dtype}, not as float64"
    single = got.astype(np.float32).astype(np.float64)
    if np.array_equal(single, got) and not np.array_equal(wanted.astype(np.float32).astype(np.float64), wanted):
        return "the numbers have only float32's 7 digits, as if float32 were used inside"
    return ""


def error_words(raised: Raised, *, public: bool) -> str:
    """Write an exception as Python does; on hidden cases its type only, and only one that Python or NumPy made."""
    if public:
        text = clip(raised.text.strip(), ERROR_LENGTH)
        return f"{clip(raised.type, 80)}: {text}" if text else clip(raised.type, 80)
    return raised.type if raised.type in KNOWN_ERRORS else OWN_ERROR


def ending(outcome: Outcome, status: Status, limits: Limits, *, public: bool) -> str:
    """Say in a sentence how a call ended that did not return."""
    detail = clip(outcome.detail.strip().rstrip("."), 200) if public else ""
    match status:
        case Status.ERROR if outcome.raised is not None and outcome.raised.type == "NotImplementedError":
            return "It is not written yet: it raised `NotImplementedError`."
        case Status.ERROR if outcome.raised is not None and outcome.raised.type == "SystemExit":
            return "It ended the program (`SystemExit`): take out `exit()` and the like."
        case Status.ERROR if outcome.raised is not None:
            return f"It raised {error_words(outcome.raised, public=public)}".rstrip(".") + "."
        case Status.ERROR:
            return f"It did not return{f': {detail}' if detail else ''}."
        case Status.TIMEOUT:
            return f"It took too long: {detail or f'no answer within {limits.wall_seconds:g} s'}."
        case Status.MEMORY:
            return f"It asked for more memory than it may use ({detail or f'{limits.memory_bytes >> 20} MiB'})."
        case Status.OUTPUT_LIMIT:
            return f"It returned or printed more than is allowed{f' ({detail})' if detail else ''}."
        case Status.CRASHED:
            was = "was " if detail.startswith("killed") else ""
            how = f": it {was}{detail}" if detail else ""
            return f"The process that ran it did not answer to the end{how}."
        case Status.BLOCKED:
            return (
                f"It was stopped: it asked the system for something forbidden{f' ({detail})' if detail else ''}."
            )
        case Status.MISSING:
            return "There is no such function."
        case _:
            return (
                "The grader itself failed here. That is not your fault and costs you nothing; it is tried again."
            )


def hidden_words(comparison: Comparison) -> str:
    """Say what is wrong on a hidden case, without a number that could give its inputs away."""
    match comparison.fault:
        case Fault.TYPE:
            return "It does not return real numbers."
        case Fault.SHAPE:
            return "The shape is not right."
        case Fault.NAN if comparison.nan_count:
            return "It gives nan (not a number) where a number is wanted."
        case Fault.NAN:
            return "It gives a number where nan is wanted: nan in, nan out."
        case Fault.INFINITY:
            return "It gives or loses an infinity."
        case _:
            right = digits_right(comparison.error, comparison.wanted) or 0
            return "The numbers are close, but not close enough." if right > 2 else "The numbers are not right."
