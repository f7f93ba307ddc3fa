"""What counts as a right number: an error that is allowed, or intervals; and the bands that follow in a variant.

    tolerance: {absolute: 0.001}     within that much of the value
    tolerance: {relative: 0.01}      within that part of the value
    tolerance: {digits: 4}           within half a unit of the value's 4th significant digit: what is rounded right
    ranges: [[0.9, 1], [2, 3]]       anywhere in one of the intervals

Every number may be a formula in what is drawn. Bands are closed, and their ends are rounded outwards to the next
float64, so that a number on the edge is in, here and on platforms that are given the same bands.
"""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from grader.kinds.kind import Fault
from grader.kinds.quizfaults import formula_faults
from grader.kinds.variant import Variant
from grader.kinds.view import View
from grader.model.sheet import Band

__all__ = ["Tolerance", "band_around", "bands_of", "build_tolerance", "shapes", "shown", "tolerance_faults"]

KINDS = ("absolute", "relative", "digits")
LARGEST, SMALLEST = 2.0**1023, 2.0**-1074
PLAIN_DIGITS = 6  # of a number that is shown where no digits are asked for


@dataclass(frozen=True, slots=True)
class Tolerance:
    """An error that is allowed, as a formula, or a number of digits; or intervals, pairs of formulas."""

    kind: str  # "absolute", "relative", "digits", "ranges"
    amount: str = ""
    ranges: tuple[tuple[str, str], ...] = ()

    @property
    def digits(self) -> int:
        """The significant digits that are asked for; 0 where none are."""
        return int(self.amount) if self.kind == "digits" else 0

    def says(self, variant: Variant) -> str:
        """Say in words which numbers are right."""
        match self.kind:
            case "digits":
                return f"that is right to {self.amount} significant digits (within half a unit of the last)"
            case "relative":
                return f"within {variant.value(self.amount) * 100:.4g} % of the value"
            case "absolute":
                most = variant.value(self.amount)
                return f"within {most:.4g} of the value" if most else "that is exactly the value"
            case _:
                return " or ".join(
                    f"from {variant.value(a):.6g} to {variant.value(b):.6g}" for a, b in self.ranges
                )

    def says_openly(self, variant: Variant, otherwise: str) -> str:
        """Say the same to students; where it would tell them something of the value, something else."""
        from grader.numerics.formula import parse

        if self.kind == "ranges" or parse(self.amount, variant.balls).names:
            return otherwise
        return self.says(variant)


@cache
def shapes() -> Any:
    """Return the pydantic model of what may stand after ``tolerance``, importing pydantic only now."""
    from pydantic import ConfigDict, Field

    from grader.kinds.fields import Strict
    from grader.kinds.quizfields import AsFormula

    class ToleranceEntry(Strict):
        """The error that is allowed: exactly one of the three."""

        model_config = ConfigDict(title="tolerance")

        absolute: AsFormula | None = Field(None, description="Within that much of the value; 0: exactly.")
        relative: AsFormula | None = Field(None, description="Within that part of the value: 0.01 is 1 %.")
        digits: int | None = Field(None, ge=1, le=15, description="Right to so many significant digits.")

    return ToleranceEntry


def tolerance_faults(entry: View, known: Collection[str]) -> Iterator[Fault]:
    """Say what is wrong with the tolerance or the ranges of an entry that has to have one of them."""
    if entry.has("tolerance") == entry.has("ranges"):
        words = "which numbers are right is said by either `tolerance` or `ranges`"
        yield Fault(entry.path, words, "Write one of the two, such as tolerance: {digits: 4}")
    tolerance = entry.view("tolerance")
    said = [kind for kind in KINDS if tolerance.has(kind)]
    if isinstance(tolerance.value, dict) and len(said) != 1:
        words = f"a tolerance is one of {', '.join(KINDS)}; here are {len(said) or 'none'}"
        yield Fault(tolerance.path, words, "Write one, such as {digits: 4}")
    for kind in ("absolute", "relative"):
        yield from formula_faults(tolerance.at(kind), tolerance.get(kind), known)
        amount = tolerance.get(kind)
        if isinstance(amount, int | float) and not isinstance(amount, bool) and not 0 <= amount < math.inf:
            yield Fault(tolerance.at(kind), f"`{kind}` is {amount}", "It must be a finite number, at least 0")
    for path, pair in entry.parts("ranges"):
        if not isinstance(pair, list) or len(pair) != 2:
            yield Fault(path, "an interval has two ends", "Write [lowest, highest]")
            continue
        for number, end in enumerate(pair):
            yield from formula_faults((*path, number), end, known)


def build_tolerance(entry: View) -> Tolerance:
    """Make a tolerance of what nothing is wrong with."""
    if entry.has("ranges"):
        pairs = tuple((str(pair[0]), str(pair[1])) for _, pair in entry.parts("ranges"))
        return Tolerance("ranges", ranges=pairs)
    tolerance = entry.view("tolerance")
    kind = next(kind for kind in KINDS if tolerance.has(kind))
    return Tolerance(kind, str(tolerance.get(kind)))


def bands_of(
    tolerance: Tolerance, answer: str, variant: Variant, share: Fraction, feedback: str = ""
) -> tuple[Band, ...]:
    """Return the bands of numbers that are worth a share."""
    if tolerance.kind != "ranges":
        return band_around(tolerance, answer, variant, share, feedback)
    pairs = [(_ends(variant, low), _ends(variant, high)) for low, high in tolerance.ranges]
    return tuple(Band(down(low[0]), up(high[1]), share, feedback) for low, high in pairs if low and high)


def band_around(
    tolerance: Tolerance,
    answer: str,
    variant: Variant,
    share: Fraction,
    feedback: str = "",
    misconception: str = "",
) -> tuple[Band, ...]:
    """Return the band around a value, or none where the value is not finite."""
    ends = _ends(variant, answer)
    room = _room(tolerance, ends, variant) if ends else None
    if ends is None or room is None:
        return ()
    return (Band(down(ends[0] - room), up(ends[1] + room), share, feedback, misconception),)


def shown(answer: str, tolerance: Tolerance, variant: Variant) -> str:
    """Write a value as a person would who was asked for so many digits."""
    value = variant.value(answer)
    if not math.isfinite(value):
        return str(value)
    if value == int(value) and abs(value) < 1e15 and not tolerance.digits:
        return str(int(value))
    digits = tolerance.digits or PLAIN_DIGITS
    text = f"{value:#.{digits}g}" if tolerance.digits else f"{value:.{digits}g}"
    return text.removesuffix(".")


def _room(tolerance: Tolerance, ends: tuple[Fraction, Fraction], variant: Variant) -> Fraction | None:
    """Return how far from the value a number may lie."""
    if tolerance.kind == "digits":
        return _unit(float(ends[1]), tolerance.digits) / 2
    amount = _ends(variant, tolerance.amount)
    if amount is None:
        return None
    return amount[1] * max(map(abs, ends)) if tolerance.kind == "relative" else amount[1]


def _unit(value: float, digits: int) -> Fraction:
    """Return the unit of a value's last significant digit; zero has none."""
    if not value:
        return Fraction(0)
    return _power_of_ten(int(f"{value:.17e}".partition("e")[2]) - digits + 1)


@cache
def _power_of_ten(exponent: int) -> Fraction:
    return Fraction(10) ** exponent


def _ends(variant: Variant, formula: str) -> tuple[Fraction, Fraction] | None:
    """Return both ends of the ball of a formula's value; the value itself where it is exact."""
    from grader.numerics.formula import fraction_of

    value = variant.ball(formula)
    if not (value.is_finite() and abs(value) < LARGEST):
        return None
    if abs(value) < SMALLEST:  # as a float64 it is 0, and as a fraction it would fill the memory
        return Fraction(0), Fraction(0)
    if value.is_exact():
        exact = fraction_of(value)
        return exact, exact
    return fraction_of(value.lower()), fraction_of(value.upper())


def down(number: Fraction) -> float:
    """Return the largest float64 that is not above a number."""
    near = float(number)
    return near if Fraction(near) <= number else math.nextafter(near, -math.inf)


def up(number: Fraction) -> float:
    """Return the smallest float64 that is not below a number."""
    near = float(number)
    return near if Fraction(near) >= number else math.nextafter(near, math.inf)
