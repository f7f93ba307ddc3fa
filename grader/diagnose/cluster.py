"""Put together those who are wrong in the same way: each behaviour joins the nearest representative, or is one.

Behaviours computed in single precision come last, so that they join those of double precision. Memory grows with
the number of different behaviours, and by four bytes a student.
"""

import math
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from grader.model.grade import Behaviour

__all__ = ["SAME", "SAME_SINGLE", "Group", "grouped"]

SAME = 1e-9  # nearer than this two sums are of one behaviour: as near as an answer must be to a known mistake
SAME_SINGLE = 1e-5  # where one of them was computed in single precision
CELL = 2e-5  # representatives are looked up by the mean of their sums; no tolerance reaches beyond the next cell


@dataclass(slots=True, eq=False)
class Group:
    """Students, by number, who are wrong in the same way; the first of them stands for all."""

    sums: NDArray[np.float64]
    is_single: bool
    members: "array[int]" = field(default_factory=lambda: array("I"))


def grouped(behaviours: Iterable[tuple[int, Behaviour]]) -> list[Group]:
    """Group numbered behaviours, those in double precision first; the largest groups come first."""
    shelves: dict[tuple[str, int], list[Group]] = {}
    groups: list[Group] = []
    for number, behaviour in behaviours:
        sums = np.array(behaviour.numbers, np.float64)
        group = _nearest(shelves, behaviour, sums)
        if group is None:
            group = Group(sums, behaviour.is_single)
            groups.append(group)
            shelves.setdefault((behaviour.words, _cell(sums)), []).append(group)
        group.members.append(number)
    return sorted(groups, key=lambda one: (-len(one.members), one.members[0]))


def _cell(sums: NDArray[np.float64]) -> int:
    """Return where to look a behaviour up: by its mean sum, which is off by no more than the worst of them."""
    return math.floor(math.fsum(sums) / len(sums) / CELL) if len(sums) else 0


def _nearest(
    shelves: Mapping[tuple[str, int], list[Group]], behaviour: Behaviour, sums: NDArray[np.float64]
) -> Group | None:
    """Return the group whose representative is nearest, where that is near enough."""
    best, least = None, math.inf
    middle = _cell(sums)
    for cell in (middle - 1, middle, middle + 1):
        for group in shelves.get((behaviour.words, cell), ()):
            apart = float(np.abs(group.sums - sums).max(initial=0.0))
            tolerance = SAME_SINGLE if behaviour.is_single or group.is_single else SAME
            if apart <= tolerance and apart < least:
                best, least = group, apart
    return best
