"""How far a float is from the true value, in units in the last place (ULP) of the float's own type.

The true value is ``nearest + rest``: the correctly rounded float64 and what rounding left over, so that
fractions of a ULP are meaningful. nan, infinities and zeros are decided first; arithmetic on bit patterns
would wrap round, or count the largest float and infinity as neighbours.

    both nan                              0
    one nan                               infinitely far
    truth infinite                        0 for the same infinity, else infinitely far
    answer infinite, truth finite         0 where the truth rounds to that infinity in the answer's type (a float16
                                          of 1e6), else infinitely far
    zeros                                 +0 and -0 are 0 apart; ``zero_signs_differ`` tells them apart

One ULP is the gap between the floats around the truth; below the smallest normal number it is the smallest
subnormal. ``rest`` itself vanishes below 2**-1074, so among float64's subnormals it is exact to half a ULP.
"""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

__all__ = ["smallest_normal", "ulp_distance", "ulp_exponent", "zero_signs_differ"]

Floats = NDArray[np.float64]


def ulp_distance(got: NDArray[Any], nearest: Floats, rest: Floats) -> Floats:
    """Return the distance of each float of ``got`` from ``nearest + rest``, in ULP of ``got``'s type.

    Integers and extended floats are read as float64. A distance beyond 1e308 ULP is told as infinite.
    """
    dtype = _float_type(got)
    answer = np.asarray(got).astype(np.float64)
    nearest, rest = np.asarray(nearest, dtype=np.float64), np.asarray(rest, dtype=np.float64)
    scale = -ulp_exponent(nearest, rest, dtype)
    with np.errstate(all="ignore"):
        # Scaling first keeps the difference of two huge numbers of opposite sign finite.
        error = np.ldexp(answer, scale) - np.ldexp(nearest, scale) - np.ldexp(rest, scale)
        rounds_to = nearest.astype(dtype).astype(np.float64)
    distance = np.where(np.isfinite(answer) & np.isfinite(nearest), np.abs(error), np.inf)
    same_infinity = np.isinf(answer) & (answer == rounds_to)
    same_nan = np.isnan(answer) & np.isnan(nearest)
    return np.where(same_infinity | same_nan, 0.0, distance)


def ulp_exponent(nearest: Floats, rest: Floats, dtype: DTypeLike) -> NDArray[np.int32]:
    """Return e for each true value, so that one ULP of ``dtype`` there is ``2**e``; 0 where it is not finite."""
    info = np.finfo(dtype)
    finite = np.isfinite(nearest)
    fraction, exponent = np.frexp(np.where(finite, nearest, 1.0))
    # A truth just inside a power of two has the smaller unit of the binade below.
    inside = (np.abs(fraction) == 0.5) & (rest * fraction < 0)
    unit = exponent - inside - (info.nmant + 1)
    unit = np.where(fraction == 0, info.minexp - info.nmant, unit)
    return np.where(finite, np.maximum(unit, info.minexp - info.nmant), 0).astype(np.int32)


def zero_signs_differ(got: NDArray[Any], nearest: Floats) -> NDArray[np.bool_]:
    """Return where both are zero and one of them is -0."""
    answer = np.asarray(got).astype(np.float64)
    both = (answer == 0) & (nearest == 0)
    return both & (np.signbit(answer) != np.signbit(nearest))


def smallest_normal(dtype: DTypeLike) -> float:
    """Return the smallest normal number of a float type: below it, digits are lost through no one's fault."""
    return float(np.finfo(dtype).smallest_normal)


def _float_type(got: NDArray[Any]) -> np.dtype[Any]:
    """Return the type whose ULP counts: float16, float32, otherwise float64."""
    dtype = np.asarray(got).dtype
    return dtype.newbyteorder("=") if dtype.kind == "f" and dtype.itemsize < 8 else np.dtype(np.float64)
