"""How dark a bubble is: empty, marked, or unsure. What is not plainly one or the other is for a person to decide.

A bubble is first looked for around its place, since paper bends: where its ring cannot be seen, it is unsure. Then
the ink inside is measured, against the paper around it and the ink of the corner marks. Ink that leaves the ring
on two sides crosses it out.
"""

from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.scan.flatten import PIXELS, evened
from grader.scan.plan import Bubble, Plan

if TYPE_CHECKING:
    from grader.scan.picture import Grey

__all__ = ["INK", "Darkness", "Mark", "darkness", "judge"]

Darkness = np.ndarray[Any, np.dtype[np.float32]]  # 0 is paper, 1 the ink of the corner marks

RADIUS = 2.0  # millimetres from the centre to the ring
ROUNDED = 1.1  # millimetres: the radius of the corners of a square one
AROUND = 1.2  # millimetres: how far from its place a ring is looked for
INK = 0.35  # darkness of a pixel that is ink
RING = 0.16  # by how much a ring must be darker than what is around it
FULL, EMPTY = 0.6, 0.12  # shares of the inside that are ink
FAINT = 0.13  # mean darkness inside, below which nothing was written even faintly
OUTSIDE = 0.35  # share of a sector outside that is ink, where a stroke leaves the ring
SECTORS = 24
LONG_SECTORS = 5  # neighbours with ink: filled beyond the ring rather than crossed by a stroke


class Mark(Enum):
    """What was seen of a bubble."""

    EMPTY = "empty"
    MARKED = "marked"
    PARTLY = "partly filled"
    FAINT = "filled faintly"
    CROSSED = "crossed out"
    HIDDEN = "not to be seen"
    DIFFERS = "read differently in two scans"

    @property
    def is_sure(self) -> bool:
        """Whether nobody needs to look."""
        return self in (Mark.EMPTY, Mark.MARKED)


def darkness(page: "Grey", plan: Plan) -> Darkness:
    """Return how dark a flat page is."""
    light = evened(page)
    half = round(plan.mark * PIXELS * 0.3)
    marks = [
        float(np.median(light[y - half : y + half, x - half : x + half]))
        for x, y in ((round(x * PIXELS), round(y * PIXELS)) for x, y in plan.marks)
    ]
    black = min(float(np.median(marks)), 0.7)
    return np.clip((1.0 - light) / (1.0 - black), 0.0, 1.0).astype(np.float32)


def judge(page: Darkness, bubbles: Sequence[Bubble]) -> list[Mark]:
    """Say of each bubble what was seen."""
    return [_judge(page, bubble) for bubble in bubbles]


def _judge(page: Darkness, bubble: Bubble) -> Mark:
    masks = _masks(is_square=bubble.is_square)
    found = _found(page, bubble, masks)
    if found is None:
        return Mark.HIDDEN
    y, x = found
    inside = page[y + masks.inside[0], x + masks.inside[1]]
    share, mean = float(np.mean(inside > INK)), float(np.mean(inside))
    if share <= EMPTY:
        return Mark.FAINT if mean > FAINT else Mark.EMPTY
    if share < FULL:
        return Mark.PARTLY
    return Mark.CROSSED if _is_crossed(page, y, x, masks) else Mark.MARKED


class _Masks:
    """Where, beside its centre, a bubble's inside is, its ring, what is around it; and the sectors outside."""

    def __init__(self, *, is_square: bool) -> None:
        reach = round((RADIUS + 1.3) * PIXELS)
        rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1]
        corner = ROUNDED if is_square else RADIUS
        beyond = np.abs(np.stack((rows, columns))) / PIXELS - (RADIUS - corner)
        away = np.hypot(*np.maximum(beyond, 0)) + np.minimum(np.max(beyond, axis=0), 0) - corner
        self.inside = self._at(away < -0.55, reach)
        self.ring = self._at(np.abs(away) < 0.2, reach)
        self.around = self._at((away > 0.45) & (away < 0.8), reach)
        turn = ((np.arctan2(rows, columns) / (2 * np.pi) + 1) * SECTORS).astype(int) % SECTORS
        outside = (away > 0.45) & (away < 1.0)
        self.sectors = [self._at(outside & (turn == n), reach) for n in range(SECTORS)]
        self.reach = reach

    @staticmethod
    def _at(mask: Any, reach: int) -> tuple[Any, Any]:
        rows, columns = np.nonzero(mask)
        return rows - reach, columns - reach


@lru_cache(maxsize=2)
def _masks(*, is_square: bool) -> _Masks:
    return _Masks(is_square=is_square)


def _found(page: Darkness, bubble: Bubble, masks: _Masks) -> tuple[int, int] | None:
    """Return where the ring is, in pixels; None where there is none."""
    reach = round(AROUND * PIXELS)
    x0, y0 = round(bubble.at[0] * PIXELS), round(bubble.at[1] * PIXELS)
    room = masks.reach + reach
    if not (room <= x0 < page.shape[1] - room and room <= y0 < page.shape[0] - room):
        return None
    offsets = range(-reach, reach + 1)
    dy, dx = (one.ravel() for one in np.meshgrid(offsets, offsets, indexing="ij"))

    def mean(mask: tuple[Any, Any]) -> Any:
        return page[(y0 + dy)[:, None] + mask[0], (x0 + dx)[:, None] + mask[1]].mean(axis=1)

    score = mean(masks.ring) - mean(masks.around) - 0.004 * np.hypot(dx, dy)
    best = int(np.argmax(score))
    return (y0 + int(dy[best]), x0 + int(dx[best])) if score[best] > RING else None


def _is_crossed(page: Darkness, y: int, x: int, masks: _Masks) -> bool:
    """Whether strokes leave the ring on two sides, as those of a cross or a line through it do."""
    inked = [float(np.mean(page[y + rows, x + columns] > INK)) > OUTSIDE for rows, columns in masks.sectors]
    if all(inked):
        return True
    start = inked.index(False)
    runs: list[int] = [0]
    for n in range(SECTORS):
        if inked[(start + n) % SECTORS]:
            runs[-1] += 1
        elif runs[-1]:
            runs.append(0)
    return sum(run > 0 for run in runs) > 1 or max(runs) > LONG_SECTORS * 2
