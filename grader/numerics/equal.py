"""Whether two formulas are the same function: equal if they are equal, whatever their form.

Both are evaluated in balls, which enclose the true values, at many points that are drawn from the ranges of the
variables, always the same ones. Balls that do not meet prove a difference, and the point is its witness: this
verdict is never wrong. Balls that meet everywhere, at the end so narrow that two different formulas of the size
that people write would have come apart, are taken for equality: 24 points (120 where a formula has corners, as
``abs`` has) at some 70 digits, three of them at 1,200 digits.

Points where the key has no value are passed over. Where only the other one certainly has none, they differ; where
its balls never say, as in 1/(y - y), the point decides nothing, and when too few do, nothing is decided.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from flint import arb, ctx, fmpq

from grader.numerics.draws import Stream
from grader.numerics.formula import Formula, Tree, evaluate, functions_of
from grader.numerics.functions import UndefinedError

__all__ = ["Ranges", "Sameness", "Verdict", "compare_at", "same_formula"]

Ranges = Mapping[str, tuple[Fraction, Fraction]]

STEPS = 10_007  # a prime: no point lies on a number that is special
POINTS, POINTS_OF_CORNERS = 24, 120
LEAST_POINTS = 8  # that decide something, for equality
CLOSE_POINTS = 1  # that are looked at with most bits
FIRST_BITS, MOST_BITS = 256, 4096
MOST_SILENT = 3  # points at which the balls never say anything; with more, nothing is decided
NARROW = 4  # a difference is narrow at 1/NARROW of the bits
CORNERS = frozenset({"abs", "sign", "relu", "min", "max", "floor", "ceil"})
_KEY = b"grader.numerics.equal"


class Verdict(StrEnum):
    """What can be said of two formulas."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, eq=False)
class Sameness:
    """The verdict; for a difference the point that proves it, and both values there: None where there is none."""

    verdict: Verdict
    at: Mapping[str, Fraction] = field(default_factory=lambda: MappingProxyType({}))
    left: Any = None  # balls
    right: Any = None

    @property
    def is_equal(self) -> bool:
        """Whether they are the same function."""
        return self.verdict is Verdict.EQUAL


def same_formula(left: Formula, right: Formula, ranges: Ranges) -> Sameness:
    """Compare a key (left) with another formula, for variables within their ranges."""
    names = sorted(left.names | right.names)
    has_corners = bool(CORNERS & (functions_of(left.tree) | functions_of(right.tree)))
    count = (POINTS_OF_CORNERS if has_corners else POINTS) if names else 1
    needed = min(LEAST_POINTS, count)
    decided, silent = 0, 0
    for number, point in enumerate(_points(names, ranges, count)):
        found = compare_at(left, right, point, MOST_BITS if number < CLOSE_POINTS else FIRST_BITS)
        if found.verdict is Verdict.DIFFERENT:
            return found
        decided += found.is_equal
        silent += found.verdict is Verdict.UNDECIDED and found.left is not None
        if silent > MOST_SILENT:
            break
    return Sameness(Verdict.EQUAL if decided >= needed else Verdict.UNDECIDED)


def compare_at(
    left: Formula, right: Formula, point: Mapping[str, Fraction], bits_wanted: int = FIRST_BITS
) -> Sameness:
    """Compare at one point, with rising precision; at the end with as many bits as are wanted."""
    bits = FIRST_BITS
    while True:
        with ctx.workprec(bits):
            values = {name: arb(fmpq(at.numerator, at.denominator)) for name, at in point.items()}
            ours = _value(left.tree, values)
            if ours is None:
                return Sameness(Verdict.UNDECIDED, point)
            theirs = _value(right.tree, values)
            if (theirs is None and ours.is_finite()) or not (theirs is None or ours.overlaps(theirs)):
                return Sameness(Verdict.DIFFERENT, point, ours, theirs)
            is_narrow = theirs is not None and _is_narrow(ours, bits) and _is_narrow(theirs, bits)
        if bits >= MOST_BITS or (is_narrow and bits >= bits_wanted):
            return Sameness(Verdict.EQUAL if is_narrow else Verdict.UNDECIDED, point, ours, theirs)
        bits = max(bits * 4, bits_wanted) if is_narrow else bits * 4


def _value(tree: Tree, values: Mapping[str, Any]) -> Any:
    """Return a ball, or None where there certainly is no value."""
    try:
        return evaluate(tree, values)
    except UndefinedError:
        return None


def _is_narrow(ball: Any, bits: int) -> bool:
    """Whether a ball is narrow beside its own size, or beside 1 where it holds zero."""
    if not ball.is_finite():
        return False
    size = abs(ball.mid()).max(arb(1)) if ball.contains(0) else abs(ball.mid())
    return bool(ball.rad() <= size * arb(2) ** (-bits // NARROW))


def _points(names: list[str], ranges: Ranges, count: int) -> Iterator[dict[str, Fraction]]:
    """Draw points inside the ranges, never at their ends, where forms may differ in having a value.

    Every fourth is close to an end: a corner near an end makes a difference nowhere else.
    """
    stream = Stream(_KEY)
    for number in range(count):
        steps = [1 + stream.below(STEPS - 1) for _ in names]
        if number % 4 == 1:
            steps = [1 if 2 * step < STEPS else STEPS - 1 for step in steps]
        yield {name: _between(*ranges[name], step) for name, step in zip(names, steps, strict=True)}


def _between(low: Fraction, high: Fraction, step: int) -> Fraction:
    return low + (high - low) * step / STEPS
