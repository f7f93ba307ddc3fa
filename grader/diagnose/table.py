"""Many behaviours of one shape, laid out so that one more is held against all of them at once.

Numbers are compared normwise: the largest difference within a piece, over the largest number there. Where a
question is elementwise each number stands for itself, and counts by its own size where that is above 1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

__all__ = ["Table", "sizes_of"]

Numbers = NDArray[np.float64]


def sizes_of(words: Sequence[str]) -> list[int]:
    """Return how many numbers each piece has, from its word; 0 where it has none."""
    return [_size(word) if word.startswith("(") else 0 for word in words]


def _size(word: str) -> int:
    size = 1
    for length in word.strip("(),").split(","):
        size *= int(length) if length.strip() else 1
    return size


@dataclass(slots=True, eq=False)
class Table:
    """Behaviours with the same words. ``rows`` are their numbers in the list of all."""

    words: tuple[str, ...]
    rows: NDArray[np.int64]
    numbers: Numbers  # one behaviour a row
    is_elementwise: bool
    screen: slice = field(default_factory=lambda: slice(0, 0))  # pieces that tell most behaviours apart, cheaply
    _scale: Numbers | None = None
    _sieve: tuple[Numbers, Numbers] | None = None

    def gaps(self, got: Numbers, places: Sequence[int] | NDArray[np.int64]) -> Numbers:
        """Return how far these rows are from ``got``, normwise, for each piece; 0 for pieces without numbers."""
        sizes = np.array(sizes_of(self.words))
        gaps = np.zeros((len(places), len(sizes)))
        filled = np.flatnonzero(sizes)
        if filled.size and len(places):
            starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])[filled]
            apart = _apart(self.numbers[places], got, self.scale[places])
            gaps[:, filled] = np.maximum.reduceat(apart, starts, axis=1)
        return gaps

    def near(self, got: Numbers, tolerance: float) -> Iterator[tuple[int, Numbers]]:
        """Return the rows that agree with ``got`` everywhere, each with its gaps."""
        places = np.flatnonzero(self.screened(got) <= tolerance)
        gaps = self.gaps(got, places)
        for place, gap in zip(places.tolist(), gaps, strict=True):
            if gap.max(initial=0.0) <= tolerance:
                yield place, gap

    def nearest(self, got: Numbers, without: set[int]) -> tuple[int, float]:
        """Return the row nearest to ``got`` but for some, and its largest gap; (-1, inf) where there is none.

        The gap on the screen is never larger than the whole one, so the search ends early and still is exact.
        """
        screened = self.screened(got)
        best, least = -1, float("inf")
        for place in np.argsort(screened, kind="stable").tolist():
            if screened[place] >= least:
                break
            if place in without:
                continue
            whole = float(self.gaps(got, [place]).max(initial=0.0))
            if whole < least:
                best, least = place, whole
        return best, least

    def screened(self, got: Numbers) -> Numbers:
        """Return the largest gap of every row on the screen alone."""
        if self._sieve is None:
            ends = np.cumsum([0, *sizes_of(self.words)])
            part = slice(ends[self.screen.start], ends[self.screen.stop])
            self._sieve = np.ascontiguousarray(self.numbers[:, part]), np.ascontiguousarray(self.scale[:, part])
            self._part = part
        numbers, scale = self._sieve
        return _apart(numbers, got[self._part], scale).max(axis=1, initial=0.0)

    _part: slice = field(default_factory=lambda: slice(0, 0))

    @property
    def scale(self) -> Numbers:
        """What one over a difference of 1 counts as, for each number."""
        if self._scale is None:
            size = np.abs(np.where(np.isfinite(self.numbers), self.numbers, 0.0))
            if self.is_elementwise:
                self._scale = 1 / np.maximum(size, 1.0)
            else:
                self._scale = np.ones_like(size)
                start = 0
                for length in sizes_of(self.words):
                    if length:
                        largest = size[:, start : start + length].max(axis=1, keepdims=True)
                        self._scale[:, start : start + length] = 1 / np.where(largest > 0, largest, 1.0)
                    start += length
        return self._scale


def _apart(numbers: Numbers, got: Numbers, scale: Numbers) -> Numbers:
    """Return the scaled differences; nan and infinities are equal to themselves, and far from all else."""
    with np.errstate(all="ignore"):
        apart = np.abs(numbers - got)
        apart *= scale
        if not np.isfinite(apart).all():
            same = (numbers == got) | (np.isnan(numbers) & np.isnan(got))
            apart = np.where(same, 0.0, np.where(np.isnan(apart), np.inf, apart))
    return apart
