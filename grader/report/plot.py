"""The picture beside a wrong activation: what came back and what was wanted, and below it how far they are apart.

What was wanted is a broad pale band, what came back a thin line: where they agree, the line runs in the band.
The gap has a logarithmic axis, so that a wrong formula and lost digits both show. Inputs at which no number came
back are crosses. The finding is told in words as well, and the numbers are in a table, so that nobody needs the
drawing.
"""

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grader.model.grade import Curve
from grader.report.finding import Point, finding_of, points_of
from grader.report.svg import Axis, at, drawing, number, power

__all__ = ["Picture", "Row", "draw_curve"]

WIDTH, LEFT, RIGHT = 460.0, 52.0, 450.0
UPPER = (196.0, 30.0)  # bottom and top of the upper panel
LOWER = (340.0, 240.0)
HEIGHT = 378.0
LEAST = -17  # the decade of the smallest gap that is told from none
TOO_NARROW = 1e-300  # a range of inputs in which a step between ticks would underflow
FEW = 25  # points that get a dot each
MOST_ROWS = 24


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table beside the picture."""

    x: Markup
    got: Markup
    wanted: Markup
    gap: Markup


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, what it shows in words, and its numbers; ``left_out`` counts points without a row."""

    svg: Markup
    finding: str
    rows: tuple[Row, ...]
    left_out: int = 0


def draw_curve(curve: Curve, *, title: str, ident: str) -> Picture | None:
    """Draw a curve; ``ident`` must be unique on the page. Returns None where there is no range to draw over."""
    points = sorted(points_of(curve), key=lambda point: point.x)
    if len(points) < 2 or points[-1].x / 2 - points[0].x / 2 < TOO_NARROW:
        return None
    across = Axis(points[0].x, points[-1].x, LEFT, RIGHT)
    up, is_cut = _value_axis(points)
    finding = finding_of(points) + (" Values far outside the wanted range are cut off." if is_cut else "")
    body = (*_frame(across), *_values(points, across, up), *_gaps(points, across))
    rows = tuple(_row(point) for point in _chosen(points))
    svg = drawing(
        ident, f"{title}: came back and wanted, and the gap between them", finding, (WIDTH, HEIGHT), body
    )
    return Picture(svg, finding, rows, len(points) - len(rows))


def _value_axis(points: Sequence[Point]) -> tuple[Axis, bool]:
    """Return the axis of the upper panel, and whether it cuts off some of what came back."""
    wanted = [point.wanted for point in points if math.isfinite(point.wanted)] or [0.0]
    got = [point.got for point in points if math.isfinite(point.got)] or wanted
    room = max(max(wanted) / 2 - min(wanted) / 2, 0.5) * 2
    low, high = max(min(got), min(wanted) - 2 * room), min(max(got), max(wanted) + 2 * room)
    low, high = min(low, *wanted), max(high, *wanted)
    margin = max((high / 2 - low / 2) * 0.12, 1e-3 * max(abs(low), abs(high)), 0.05)
    bounds = (max(low - margin, -sys.float_info.max), min(high + margin, sys.float_info.max))
    return Axis(*bounds, *UPPER), min(got) < bounds[0] or max(got) > bounds[1]


def _frame(across: Axis) -> Iterator[str]:
    """Draw what both panels share: grid lines and labels of the inputs."""
    for tick in across.ticks(6):
        x = at(across(tick))
        yield f'<path class="grid" d="M{x} {at(UPPER[1])}V{at(UPPER[0])}M{x} {at(LOWER[1])}V{at(LOWER[0])}"/>'
        yield f'<text class="mid" x="{x}" y="{at(LOWER[0] + 16)}">{number(tick)}</text>'
    middle = at((LEFT + RIGHT) / 2)
    yield f'<text class="mid" x="{middle}" y="{at(LOWER[0] + 34)}"><tspan class="name">x</tspan></text>'


def _values(points: Sequence[Point], across: Axis, up: Axis) -> Iterator[str]:
    """Draw the upper panel: the band, the line, and a cross where no number came back."""
    for tick in up.ticks(4):
        yield _level(up(tick), number(tick))
    yield f'<path class="wanted" d="{_path(points, across, up, lambda point: point.wanted)}"/>'
    yield f'<path class="got" d="{_path(points, across, up, lambda point: point.got)}"/>'
    yield from _dots(points, across, up, lambda point: point.got)
    legend = [
        ('<path class="wanted" d="M52 14h22"/>', "wanted", 82),
        ('<path class="got" d="M150 14h22"/>', "came back", 180),
    ]
    lost = [point for point in points if point.gap is None]
    if lost:
        yield f'<path class="lost" d="{"".join(_cross(across(point.x), UPPER[0] - 6) for point in lost)}"/>'
        legend.append((f'<path class="lost" d="{_cross(276, 14)}"/>', "no right number", 286))
    for mark, word, x in legend:
        yield f'{mark}<text x="{x}" y="18">{word}</text>'


def _gaps(points: Sequence[Point], across: Axis) -> Iterator[str]:
    """Draw the lower panel: the gap, a decade a step, and a line for no gap at all."""
    decades = [math.log10(point.gap) for point in points if point.gap]
    high = math.ceil(max(decades, default=LEAST + 5))
    low = min(max(math.floor(min(decades, default=LEAST)), LEAST), high - 2)
    step = max(1, math.ceil((high - low) / 4))
    none = low - step
    up = Axis(none, high, *LOWER)
    yield _level(up(none), "0")
    for decade in range(high, low - 1, -step):
        yield _level(up(decade), power(decade))

    def decade_of(point: Point) -> float:
        if point.gap is None:
            return math.nan
        return max(math.log10(point.gap), low) if point.gap else none

    yield f'<path class="gap" d="{_path(points, across, up, decade_of)}"/>'
    yield from _dots(points, across, up, decade_of)
    yield f'<text x="{at(LEFT)}" y="{at(LOWER[1] - 10)}">gap between them (logarithmic)</text>'


def _level(y: float, label: str) -> str:
    return (
        f'<path class="grid" d="M{at(LEFT)} {at(y)}H{at(RIGHT)}"/>'
        f'<text class="end" x="{at(LEFT - 6)}" y="{at(y + 4)}">{label}</text>'
    )


def _path(points: Sequence[Point], across: Axis, up: Axis, value: Callable[[Point], float]) -> str:
    """Join the points with lines; a line ends where there is no number, and at the frame where it leaves it."""
    parts: list[str] = []
    before: tuple[float, float] | None = None
    is_drawing = False
    for point in points:
        height = value(point)
        if not math.isfinite(height):
            before, is_drawing = None, False
            continue
        is_inside = up.low <= height <= up.high
        if before is not None and is_inside != is_drawing:
            edge = _at_edge(before, (point.x, height), up)
            parts.append(f"{'L' if is_drawing else 'M'}{across(edge[0]):.1f} {up(edge[1]):.1f}")
            is_drawing = not is_drawing
        if is_inside:
            # h0: a point alone shows, as a dot
            end = "" if is_drawing else "h0"
            parts.append(f"{'L' if is_drawing else 'M'}{across(point.x):.1f} {up(height):.1f}{end}")
        is_drawing = is_inside
        before = point.x, height
    return "".join(parts)


def _at_edge(before: tuple[float, float], here: tuple[float, float], up: Axis) -> tuple[float, float]:
    """Return where the line between two points, one of them outside, meets the frame."""
    outside = here[1] if not up.low <= here[1] <= up.high else before[1]
    edge = up.low if outside < up.low else up.high
    part = (edge / 2 - before[1] / 2) / (here[1] / 2 - before[1] / 2)
    return before[0] * (1 - part) + here[0] * part, edge


def _dots(points: Sequence[Point], across: Axis, up: Axis, value: Callable[[Point], float]) -> Iterator[str]:
    """Mark each of a few points: alone, or between two that are no numbers, it would have no line."""
    if len(points) > FEW:
        return
    for point in points:
        height = value(point)
        if up.low <= height <= up.high:
            yield f'<circle class="dot" cx="{at(across(point.x))}" cy="{at(up(height))}" r="2.5"/>'


def _cross(x: float, y: float) -> str:
    return f"M{at(x - 4)} {at(y - 4)}l8 8m0 -8l-8 8"


def _chosen(points: Sequence[Point]) -> Sequence[Point]:
    """Choose the points for the table: evenly spread, and the worst in any case."""
    if len(points) <= MOST_ROWS:
        return points
    chosen = {round(step * (len(points) - 1) / (MOST_ROWS - 2)) for step in range(MOST_ROWS - 1)}
    chosen.add(max(range(len(points)), key=lambda index: math.inf if (gap := points[index].gap) is None else gap))
    return [points[index] for index in sorted(chosen)]


def _row(point: Point) -> Row:
    gap = "not comparable" if point.gap is None else number(point.gap, 2)
    # Markup because: digits, signs and words of our own; thousands of them need no escaping
    return Row(*map(Markup, (number(point.x, 6), number(point.got, 7), number(point.wanted, 7), gap)))
