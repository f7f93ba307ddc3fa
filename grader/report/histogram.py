"""The distribution of a class's scores, as a drawing with a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grader.report.svg import at, drawing

__all__ = ["Histogram", "draw_histogram"]

WIDTH, HEIGHT, LEFT, BASE, TOP = 640.0, 184.0, 18.0, 160.0, 22.0


@dataclass(frozen=True, slots=True)
class Histogram:
    """A drawing of how many students scored how much, in words, and as (range, count)."""

    svg: Markup
    finding: str
    rows: tuple[tuple[str, int], ...]


def draw_histogram(counts: Sequence[int], *, ident: str) -> Histogram:
    """Draw how many students are in each of equal ranges of the score, full marks being in the last."""
    ranges = [_range(index, len(counts)) for index in range(len(counts))]
    most, total = max(counts), sum(counts)
    finding = "No student yet."
    if total:
        fullest = list(counts).index(most)
        upper = sum(counts[len(counts) // 2 :])
        finding = (
            f"The largest group, {most} of {total}, has between {ranges[fullest]} of the points;"
            f" {upper} of {total} have half of the points or more."
        )
    width = (WIDTH - 2 * LEFT) / len(counts)
    body: list[str] = [f'<path class="axis" d="M{at(LEFT)} {at(BASE)}H{at(WIDTH - LEFT)}"/>']
    for index, count in enumerate(counts):
        x = LEFT + index * width
        height = (BASE - TOP) * count / most if most else 0.0
        if count:
            top = BASE - max(height, 2.0)
            body.append(
                f'<rect class="bar" x="{at(x + 2)}" y="{at(top)}" width="{at(width - 4)}"'
                f' height="{at(BASE - top)}"/>'
                f'<text class="mid" x="{at(x + width / 2)}" y="{at(top - 6)}">{count}</text>'
            )
        body.append(f'<text class="mid" x="{at(x)}" y="{at(BASE + 18)}">{index * 100 // len(counts)}</text>')
    body.append(f'<text class="mid" x="{at(WIDTH - LEFT)}" y="{at(BASE + 18)}">100 %</text>')
    svg = drawing(ident, "Distribution of the scores", finding, (WIDTH, HEIGHT), body)
    return Histogram(svg, finding, tuple(zip(ranges, counts, strict=True)))


def _range(index: int, bins: int) -> str:
    return f"{index * 100 // bins} and {(index + 1) * 100 // bins} %"
