"""A drawing as SVG: axes with a grid to read values from, and curves told apart by more than colour."""

import math
from collections.abc import Iterator

from markupsafe import Markup, escape

from grader.model.sheet import Curve, Drawing
from grader.report.safe import one_line
from grader.report.svg import Axis, at, drawing, number

__all__ = ["draw_figure"]

WIDTH, HEIGHT = 520.0, 340.0
LEFT, RIGHT, TOP, BOTTOM = 58.0, 508.0, 12.0, 286.0
KEY_HEIGHT = 22.0  # of a line that names a curve


def draw_figure(figure: Drawing, *, title: str, ident: str) -> Markup:
    """Draw a figure; ``ident`` must be unique on the page."""
    across = Axis(*figure.x_range, LEFT, RIGHT)
    up = Axis(*figure.y_range, BOTTOM, TOP)
    named = [curve for curve in figure.curves if curve.label]
    height = HEIGHT + KEY_HEIGHT * math.ceil(len(named) / 2)
    frame = f"M{at(LEFT)} {at(TOP)}H{at(RIGHT)}V{at(BOTTOM)}H{at(LEFT)}z"
    body = (
        f'<clipPath id="{ident}-frame"><path d="{frame}"/></clipPath>',
        *_grid(across, up),
        *_names(figure),
        f'<g clip-path="url(#{ident}-frame)">',
        *(_line(curve, index, across, up) for index, curve in enumerate(figure.curves)),
        "</g>",
        *_key(figure),
    )
    return drawing(ident, title, figure.says, (WIDTH, height), body)


def _grid(across: Axis, up: Axis) -> Iterator[str]:
    for tick in across.ticks(10):
        x = at(across(tick))
        yield f'<path class="{_weight(tick)}" d="M{x} {at(TOP)}V{at(BOTTOM)}"/>'
        yield f'<text class="mid" x="{x}" y="{at(BOTTOM + 17)}">{number(tick)}</text>'
    for tick in up.ticks(8):
        y = at(up(tick))
        yield f'<path class="{_weight(tick)}" d="M{at(LEFT)} {y}H{at(RIGHT)}"/>'
        yield f'<text class="end" x="{at(LEFT - 7)}" y="{at(up(tick) + 4)}">{number(tick)}</text>'


def _weight(tick: float) -> str:
    """Return the class of a line of the grid: the axes themselves stand out."""
    return "axis" if tick == 0 else "grid"


def _names(figure: Drawing) -> Iterator[str]:
    middle = at((LEFT + RIGHT) / 2)
    yield f'<text class="mid" x="{middle}" y="{at(BOTTOM + 38)}">{_word(figure.x_label)}</text>'
    y = at((TOP + BOTTOM) / 2)
    yield f'<text class="mid" transform="translate(14 {y}) rotate(-90)">{_word(figure.y_label)}</text>'


def _line(curve: Curve, index: int, across: Axis, up: Axis) -> str:
    """Draw a curve; it stops where there is no number. What leaves the frame is clipped."""
    parts: list[str] = []
    is_drawing = False
    room = up.high / 2 - up.low / 2
    for x, y in curve.points:
        if not math.isfinite(y) or not math.isfinite(x):
            is_drawing = False
            continue
        height = min(max(y, up.low - 2 * room), up.high + 2 * room)  # no coordinate that a browser cannot hold
        parts.append(f"{'L' if is_drawing else 'M'}{across(x):.1f} {up(height):.1f}")
        is_drawing = True
    return f'<path class="curve c{index + 1}" d="{"".join(parts)}"/>'


def _key(figure: Drawing) -> Iterator[str]:
    named = [(index, curve) for index, curve in enumerate(figure.curves) if curve.label]
    for place, (index, curve) in enumerate(named):
        x = LEFT + (RIGHT - LEFT) / 2 * (place % 2)
        y = HEIGHT + KEY_HEIGHT * (place // 2) + 6
        yield f'<path class="curve c{index + 1}" d="M{at(x)} {at(y)}h34"/>'
        yield f'<text x="{at(x + 42)}" y="{at(y + 4)}">{_word(curve.label)}</text>'


def _word(text: str) -> str:
    return str(escape(one_line(text)))
