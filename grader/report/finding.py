"""What a curve shows, in words: the largest gap and its place, and where no number came back."""

import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from grader.model.grade import Curve
from grader.report.svg import number

__all__ = ["Point", "finding_of", "points_of"]

MOST_STRETCHES = 3
NOTICEABLE = 1e-6


@dataclass(frozen=True, slots=True)
class Point:
    """One input; ``gap`` is None where one of the two is no number and they are not the same."""

    x: float
    got: float
    wanted: float
    gap: float | None


def points_of(curve: Curve) -> Iterator[Point]:
    """Yield the points of a curve whose input is finite."""
    for x, got, wanted in zip(curve.x, curve.got, curve.wanted, strict=True):
        if math.isfinite(x):
            yield Point(x, got, wanted, _gap(got, wanted))


def _gap(got: float, wanted: float) -> float | None:
    if got == wanted or (math.isnan(got) and math.isnan(wanted)):
        return 0.0
    if not (math.isfinite(got) and math.isfinite(wanted)):
        return None
    return min(abs(got - wanted), sys.float_info.max)  # the difference of two finite numbers may overflow


def finding_of(points: Sequence[Point]) -> str:
    """Tell in words what the drawing shows."""
    sentences: list[str] = []
    lost = [point for point in points if point.gap is None]
    if lost:
        sentences.append(_lost(lost, points))
    measured = [(point.gap, point) for point in points if point.gap is not None]
    largest, worst = max(measured, key=lambda pair: pair[0], default=(0.0, points[0]))
    if largest:
        sentences.append(
            f"The largest gap is {number(largest, 2)}, at x = {number(worst.x, 6)}:"
            f" {_same_digits(worst.got, worst.wanted)}."
        )
    elif measured:
        inputs = "all other inputs" if lost else f"all {len(points)} inputs"
        sentences.append(f"What came back is what was wanted, to the last digit, at {inputs}.")
    off = sum(gap > NOTICEABLE for gap, _ in measured)
    if off:
        sentences.append(f"The gap is more than 0.000001 at {off} of {len(points)} inputs.")
    elif not lost:
        elsewhere = "shows elsewhere, or in the last digits" if largest else "does not show here"
        sentences.append(f"What is wrong {elsewhere}.")
    return " ".join(sentences)


def _lost(lost: Sequence[Point], points: Sequence[Point]) -> str:
    """Tell where no right number came back, in stretches of neighbouring inputs."""
    kinds = sorted({number(point.got) for point in lost})
    what = " or ".join(kinds) if len(kinds) <= 3 else "another kind of number"
    wanted = "a number was wanted" if all(math.isfinite(point.wanted) for point in lost) else "that is not right"
    stretches = [[point.x for point in group] for is_lost, group in groupby(points, _is_lost) if is_lost]
    if len(stretches) <= MOST_STRETCHES:
        where = " and ".join(_stretch(stretch[0], stretch[-1]) for stretch in stretches)
    else:
        where = f"between x = {number(lost[0].x, 6)} and x = {number(lost[-1].x, 6)}"
    return f"At {len(lost)} of {len(points)} inputs, {where}, {what} came back where {wanted}."


def _is_lost(point: Point) -> bool:
    return point.gap is None


def _stretch(first: float, last: float) -> str:
    if first == last:
        return f"at x = {number(first, 6)}"
    return f"from x = {number(first, 6)} to x = {number(last, 6)}"


def _same_digits(got: float, wanted: float) -> str:
    """Write both numbers with as many digits as it takes to see that they differ."""
    digits = next((many for many in range(4, 17) if number(got, many) != number(wanted, many)), 17)
    return f"{number(got, digits)} came back, {number(wanted, digits)} was wanted"
