"""Named sets of interesting inputs, for any elementwise function of one number.

    extremes     the sizes at which textbook formulas break, zeros of both signs, subnormals, infinities
    nan          not-a-number among ordinary numbers; a set of its own, since not every function is asked about it
    magnitudes   one number of every order of magnitude from 1e-307 to 1e307, both signs
    whole-range  a fine grid where functions bend, a coarse one to +-1000, the extremes

They are written down, not drawn: the same numbers for everybody, for ever.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from grader.errors import InputError

__all__ = ["PROBES", "probe"]

Floats = NDArray[np.float64]

SIZES = (1e-300, 1e-17, 1e-9, 20.0, 40.0, 400.0, 800.0, 1e300)
SUBNORMALS = (5e-324, 1e-310, 2.225073858507201e-308)  # the smallest, one amid them, the largest


def extremes() -> Floats:
    """Return +-{1e-300, 1e-17, 1e-9, 20, 40, 400, 800, 1e300}, +-0, +-infinity and +-three subnormals."""
    return _both_signs(np.array([0.0, *SUBNORMALS, *SIZES, np.inf]))


def nan() -> Floats:
    """Return nan of both signs, and two numbers that must not be spoiled by them."""
    return np.array([np.nan, 1.0, -np.nan, -0.5])


def magnitudes() -> Floats:
    """Return one number of each order of magnitude, with leading digits that differ from order to order."""
    orders = np.arange(-307, 308)
    # The golden ratio spreads the leading digits evenly; plain powers of ten would have only one.
    leading = 10.0 ** ((np.arange(orders.size) * 0.6180339887498949) % 1.0)
    written = [float(f"{digits:.3f}e{order}") for digits, order in zip(leading, orders, strict=True)]
    return _both_signs(np.array(written))


def whole_range() -> Floats:
    """Return quarters up to 40, every 8 up to 1000, and the extremes."""
    grid = np.concatenate([np.arange(0.25, 40.25, 0.25), np.arange(48.0, 1001.0, 8.0)])
    return np.concatenate([_both_signs(grid), extremes()])


PROBES: Mapping[str, Callable[[], Floats]] = MappingProxyType(
    {"extremes": extremes, "nan": nan, "magnitudes": magnitudes, "whole-range": whole_range}
)


def probe(name: str) -> Floats:
    """Return the set of that name; raise InputError where there is none."""
    if name not in PROBES:
        raise InputError(f"no probe is called {name!r}", hint=f"There are: {', '.join(PROBES)}.")
    return PROBES[name]()


def _both_signs(positive: Floats) -> Floats:
    """Return the numbers and their negatives, in increasing order."""
    return np.concatenate([-positive[::-1], positive])
