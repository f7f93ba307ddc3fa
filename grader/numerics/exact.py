"""Evaluate a function with proven bounds, until every float64 of the answer is certain.

The function is plain NumPy. It is given object arrays of python-flint's balls (``arb``: a midpoint and a bound on
the error, both kept through every operation), so what it returns encloses the true value. A result is proven when
both ends of its ball round to the same float64, and lie within a millionth of a ULP; where they do not, the
precision is doubled and the function evaluated again (Ziv's strategy).

    proven      nearest = that float64, rest = what rounding left over
    zero        a ball around 0 is proven to *round* to 0 once it is smaller than half the smallest subnormal; so a
                sum that cancels needs no rule of its own, only some 1,100 bits
    infinity    the exact infinity, or a ball wholly beyond the largest float64
    nan         believed only where an input was nan: at that place for elementwise functions, anywhere for others;
                otherwise it means "nothing is known", and more precision is asked for

What is not proven at ``MOST_BITS`` raises ProofError: the formula breaks down there, or the true value lies
exactly halfway between two floats. flint's precision belongs to the whole process: evaluate in one thread only.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb, ctx
from numpy.typing import NDArray

from grader.errors import GraderError

__all__ = ["MOST_BITS", "Balls", "Function", "ProofError", "Proven", "balls", "evaluate", "evaluate_at"]

Floats = NDArray[np.float64]
Balls = NDArray[np.object_]
Function = Callable[..., Any]

FIRST_BITS = 128
MOST_BITS = 8192
INFINITY = arb("inf")
SHARP = 2.0**-73
TINY = 2.0**-1000  # below, rest has no digits to be good to


class ProofError(GraderError):
    """A function has no provable value at some input."""


@dataclass(frozen=True, slots=True, eq=False)
class Proven:
    """The true values ``nearest + rest`` of one result; ``rest`` is 0 where ``nearest`` is not finite."""

    nearest: Floats
    rest: Floats


def balls(numbers: NDArray[Any]) -> Balls:
    """Return an object array of exact balls, one for each number."""
    flat = np.asarray(numbers).ravel().tolist()  # Python numbers: flint takes no NumPy integers or booleans
    result = np.empty(len(flat), dtype=object)
    result[:] = [_ball(number) for number in flat]
    return result.reshape(np.shape(numbers))


def evaluate(
    function: Function, arguments: Sequence[NDArray[Any]], *, results: int = 1, elementwise: bool = False
) -> tuple[Proven, ...]:
    """Return the proven values of each result of ``function(*arguments)``.

    With ``elementwise`` there is one result of the arguments' common shape, and only what is not proven yet is
    evaluated again. Raises ProofError where a value cannot be proven.
    """
    if elementwise:
        return (_evaluate_elementwise(function, arguments),)
    any_nan = any(_is_nan(argument).any() for argument in arguments)
    bits = FIRST_BITS
    while True:
        tensors = evaluate_at(bits, function, arguments, results=results)
        with ctx.workprec(bits):
            rounded = [_round_all(tensor.ravel(), np.full(tensor.size, any_nan)) for tensor in tensors]
        if all(is_proven.all() for _, _, is_proven in rounded):
            pairs = zip(rounded, tensors, strict=True)
            return tuple(Proven(near.reshape(t.shape), rest.reshape(t.shape)) for (near, rest, _), t in pairs)
        if bits >= MOST_BITS:
            raise ProofError(
                f"{_name(function)} has no provable value for some of its results",
                hint=f"Its bounds still say nothing at {bits} bits: choose a formula that survives these inputs.",
            )
        bits *= 2


def evaluate_at(
    bits: int, function: Function, arguments: Sequence[NDArray[Any]], *, results: int = 1
) -> tuple[Balls, ...]:
    """Return each result of ``function(*arguments)`` as balls, computed with ``bits`` bits; nothing is proven."""
    with ctx.workprec(bits), np.errstate(all="ignore"):
        returned = function(*[balls(argument) for argument in arguments])
        tensors = tuple(returned) if results > 1 else (returned,)
        if len(tensors) != results:
            raise ProofError(f"{_name(function)} gives {len(tensors)} results, and {results} were promised")
        return tuple(_as_balls(tensor) for tensor in tensors)


def _evaluate_elementwise(function: Function, arguments: Sequence[NDArray[Any]]) -> Proven:
    """Prove one number at a time, and ask again only for those that are not proven yet."""
    together = np.broadcast_arrays(*[np.asarray(argument) for argument in arguments])
    shape, columns = together[0].shape, [column.ravel() for column in together]
    may_be_nan = np.any([_is_nan(column) for column in columns], axis=0)
    nearest, rest = np.zeros(columns[0].size), np.zeros(columns[0].size)
    open_places = np.arange(columns[0].size)
    bits = FIRST_BITS
    while open_places.size:
        (tensor,) = evaluate_at(bits, function, [column[open_places] for column in columns])
        if tensor.shape != open_places.shape:
            raise ProofError(
                f"{_name(function)} is not elementwise: shape {open_places.shape} became {tensor.shape}"
            )
        with ctx.workprec(bits):
            near, over, is_proven = _round_all(tensor, may_be_nan[open_places])
        nearest[open_places[is_proven]] = near[is_proven]
        rest[open_places[is_proven]] = over[is_proven]
        open_places = open_places[~is_proven]
        if open_places.size and bits >= MOST_BITS:
            at = ", ".join(repr(float(column[open_places[0]])) for column in columns)
            raise ProofError(
                f"{_name(function)} has no provable value at {at}",
                hint=f"Its bounds still say nothing at {bits} bits: choose a formula that survives this input.",
            )
        bits *= 2
    return Proven(nearest.reshape(shape), rest.reshape(shape))


def _round_all(flat: Balls, may_be_nan: NDArray[np.bool_]) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Return nearest, rest and whether each is proven, for a flat array of balls."""
    nearest, rest, is_proven = np.zeros(flat.size), np.zeros(flat.size), np.ones(flat.size, dtype=bool)
    for place, ball in enumerate(flat):
        if ball.is_finite():
            low, high = float(ball.lower()), float(ball.upper())
            nearest[place] = high
            if low != high or not _is_sharp(ball, high):
                is_proven[place] = False
            elif math.isfinite(high):
                rest[place] = float(ball - arb(high))
        elif ball.is_nan():
            nearest[place] = math.nan
            is_proven[place] = may_be_nan[place]
        elif ball in (INFINITY, -INFINITY):
            nearest[place] = float(ball)
        else:  # it reaches to infinity: nothing is known
            is_proven[place] = False
    return nearest, rest, is_proven


def _is_sharp(ball: Any, nearest: float) -> bool:
    """Whether a ball is small enough for ``rest`` to be good to a millionth of a ULP."""
    size = abs(nearest)
    return float(ball.rad()) <= SHARP * size or not TINY < size < math.inf


def _as_balls(returned: Any) -> Balls:
    """Return what a function gave back as an array of balls: masks and constants come as plain numbers."""
    tensor = np.asarray(returned, dtype=object)
    flat = np.empty(tensor.size, dtype=object)
    flat[:] = [_ball(number) for number in tensor.ravel().tolist()]
    return flat.reshape(tensor.shape)


def _ball(number: Any) -> arb:
    return number if isinstance(number, arb) else arb(number)


def _is_nan(numbers: NDArray[Any]) -> NDArray[np.bool_]:
    numbers = np.asarray(numbers)
    return np.isnan(numbers) if numbers.dtype.kind == "f" else np.zeros(numbers.shape, dtype=bool)


def _name(function: Function) -> str:
    return getattr(function, "__name__", "the function")
