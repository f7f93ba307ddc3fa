"""Many behaviours of one shape, laid out so that one more is held against all of them at once.

Numbers are compared normwise: the largest difference within a piece, over the largest number there. Where a
question is elementwise each number stands for itself, and counts by its own size where that is above 1.
"""

from collections.abc import Collection, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

__all__ = ["Table", "sizes_of"]

SIEVE = 24  # numbers by which most behaviours are told apart
CHUNK = 6  # rows that are compared whole at once
MANY = 1000  # rows, from which on the screen itself takes too long

Numbers = NDArray[np.float64]


def sizes_of(words: Sequence[str]) -> list[int]:
    """Return how many numbers each piece has, from its word; 0 where it has none."""
    return [_size(word) if word.startswith("(") else 0 for word in words]


def _size(word: str) -> int:
    size = 1
    for length in word.strip("(),").split(","):
        size *= int(length) if length.strip() else 1
    return size


class Table:
    """Behaviours with the same words. ``rows`` are their numbers in the list of all.

    ``screen`` are the pieces to look at first, ``nearest`` is how far each row is from those that are not alike,
    where that is known already.
    """

    def __init__(
        self,
        words: tuple[str, ...],
        rows: NDArray[np.int64],
        numbers: Numbers,
        screen: slice | None = None,
        nearest: Numbers | None = None,
        *,
        is_elementwise: bool,
    ) -> None:
        self.words, self.rows, self.numbers, self.is_elementwise = words, rows, numbers, is_elementwise
        self._nearest = nearest if nearest is not None and len(nearest) == len(rows) else None
        sizes = np.array(sizes_of(words), np.int64)
        ends = np.concatenate([[0], np.cumsum(sizes)])
        screen = screen or slice(0, len(words))
        self._filled = np.flatnonzero(sizes)
        self._starts = ends[self._filled]
        self._piece_of = np.repeat(np.arange(len(self._filled)), sizes[self._filled])
        first, last = int(ends[screen.start]), int(ends[screen.stop])
        self._screen = np.arange(first, last)
        self._few = np.unique(np.linspace(first, last - 1, SIEVE).astype(np.int64)) if last > first else ends[:0]

    def gaps(self, got: Numbers, places: Sequence[int] | NDArray[np.int64]) -> Numbers:
        """Return how far these rows are from ``got``, normwise, for each piece; 0 for pieces without numbers."""
        gaps = np.zeros((len(places), len(self.words)))
        if self._filled.size and len(places):
            apart = _apart(self.numbers[places], got, self._scale(places))
            gaps[:, self._filled] = np.maximum.reduceat(apart, self._starts, axis=1)
        return gaps

    def gap(self, got: Numbers, place: int = 0) -> float:
        """Return how far one row is from ``got`` at most."""
        return float(_apart(self.numbers[place : place + 1], got, self._scale([place])).max(initial=0.0))

    def near(self, got: Numbers, tolerance: float) -> list[tuple[int, float]]:
        """Return the rows that agree with ``got`` everywhere, and how far each is off, the nearest first."""
        places = np.flatnonzero(self._off(got, self._few, self._sieve) <= tolerance).tolist()
        found = [(place, self.gap(got, place)) for place in places]
        return sorted((one for one in found if one[1] <= tolerance), key=lambda one: (one[1], one[0]))

    def alike(self, place: int, tolerance: float) -> tuple[set[int], float]:
        """Return the rows that give the same as one of them, itself included, and how far the nearest other is."""
        gives = self.numbers[place]
        same = {other for other, _ in self.near(gives, tolerance)} | {place}
        return same, float(self._nearest[place]) if self._nearest is not None else self.nearest(gives, same)

    def nearest(self, got: Numbers, without: Collection[int]) -> float:
        """Return how far the nearest row is from ``got``, but for some; infinite where there is no other.

        The gap on the screen is never larger than the whole one, so the search ends early and still is exact.
        """
        if len(self.rows) > MANY:
            screened = self._off(got, self._few, self._sieve)
        else:
            screened = self._off(got, self._screen, self._wide_sieve)
        screened[list(without)] = np.inf
        order = np.argsort(screened, kind="stable")
        least = float("inf")
        for start in range(0, len(order), CHUNK):
            places = order[start : start + CHUNK]
            if screened[places[0]] >= least:
                break
            whole = _apart(self.numbers[places], got, self._scale(places)).max(axis=1, initial=0.0)
            whole[np.isinf(screened[places])] = np.inf
            least = min(least, float(whole.min()))
        return least

    def _off(self, got: Numbers, columns: NDArray[np.int64], sieve: tuple[Numbers, Numbers]) -> Numbers:
        """Return the largest gap of every row on some of the numbers."""
        return _apart(sieve[0], got[columns], sieve[1]).max(axis=1, initial=0.0)

    @cached_property
    def _sieve(self) -> tuple[Numbers, Numbers]:
        return self._columns(self._few)

    @cached_property
    def _wide_sieve(self) -> tuple[Numbers, Numbers]:
        return self._columns(self._screen)

    def _columns(self, columns: NDArray[np.int64]) -> tuple[Numbers, Numbers]:
        """Return some numbers of every row, and what a difference of 1 counts as there."""
        numbers = self.numbers[:, columns]
        if self.is_elementwise:
            return numbers, 1 / np.maximum(_finite_size(numbers), 1.0)
        return numbers, self._weights[:, self._piece_of[columns]]

    def _scale(self, places: Sequence[int] | NDArray[np.int64]) -> Numbers:
        """Return what a difference of 1 counts as, for each number of some rows."""
        if self.is_elementwise:
            return 1 / np.maximum(_finite_size(self.numbers[places]), 1.0)
        return self._weights[places][:, self._piece_of]

    @cached_property
    def _weights(self) -> Numbers:
        """What a difference of 1 counts as in each piece that has numbers: one over its largest number."""
        largest = np.ones((len(self.rows), len(self._filled)))
        if self._filled.size:
            for start in range(0, len(self.rows), MANY):
                part = slice(start, start + MANY)
                largest[part] = np.maximum.reduceat(_finite_size(self.numbers[part]), self._starts, axis=1)
        largest[largest == 0] = 1.0
        return 1 / largest


def _finite_size(numbers: Numbers) -> Numbers:
    """Return absolute values; 0 for what is not finite."""
    with np.errstate(all="ignore"):
        size = np.abs(numbers)
    size[~np.isfinite(size)] = 0.0
    return size


def _apart(numbers: Numbers, got: Numbers, scale: Numbers) -> Numbers:
    """Return the scaled differences; nan and infinities are equal to themselves, and far from all else."""
    with np.errstate(all="ignore"):
        apart = np.abs(numbers - got)
        apart *= scale
        if not np.isfinite(apart).all():
            same = (numbers == got) | (np.isnan(numbers) & np.isnan(got))
            apart = np.where(same, 0.0, np.where(np.isnan(apart), np.inf, apart))
    return apart
