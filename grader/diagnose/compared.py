"""One result of one case, as relations look at it: what came back beside what was wanted."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.model.key import Expected, KeyedCase

__all__ = ["CANNOT_TELL", "EQUAL", "Compared", "Numbers", "Relation", "Shape", "apart"]

EQUAL = 1e-9  # normwise

Numbers = NDArray[np.float64]
Shape = tuple[str | int, ...]
CANNOT_TELL = object()
"""What a relation returns for a case that says nothing of it, as one step says nothing of an order of steps."""


class Compared:
    """What came back, and what was wanted.

    ``got`` is what ``came`` back, with the wanted number wherever that is one of several that are right.
    """

    def __init__(self, came: Numbers, accepted: Expected, case: KeyedCase, names: Shape) -> None:
        self.came, self.wanted, self.case, self.names = came, accepted.nearest, case, names
        self.got = came
        if came.shape == self.wanted.shape:
            self.got = np.where(accepted.is_free(came), self.wanted, came)
        finite = np.abs(self.wanted[np.isfinite(self.wanted)])
        self.size = float(finite.max(initial=0.0)) or 1.0

    def same(self, one: Numbers, other: Numbers, tolerance: float = EQUAL) -> bool:
        """Whether two arrays are equal, by the size of the whole result."""
        return one.shape == other.shape and bool((apart(one, other) <= tolerance * self.size).all())

    @property
    def is_right(self) -> bool:
        """Whether the result is right as it is."""
        return self.same(self.got, self.wanted)

    @property
    def off(self) -> Numbers:
        """How far each number is off; only where the shapes are the same."""
        return apart(self.got, self.wanted)


def apart(one: Numbers, other: Numbers) -> Numbers:
    """Return differences; nan and infinities are equal to themselves, and infinitely far from all else."""
    with np.errstate(all="ignore"):
        gaps = np.abs(one - other)
    gaps = np.where((one == other) | (np.isnan(one) & np.isnan(other)), 0.0, gaps)
    return np.where(np.isnan(gaps), np.inf, gaps)


Relation = Callable[[Compared], Any]
