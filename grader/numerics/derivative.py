"""Hold a derivative against numerical differentiation of the function that it claims to derive.

Central differences with steps of 2**-100 are off by about 2**-200: far more digits than any wrong formula could
match by chance, so agreement to 1e-20 counts as proof. Gaps are the largest difference over the largest entry (for
elementwise functions, whose derivatives may vanish, over 1 where that is larger).
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from flint import arb, ctx
from numpy.typing import NDArray

from grader.numerics.condition import step_sizes
from grader.numerics.exact import Balls, Function, balls, evaluate_at

__all__ = ["PROVEN_GAP", "elementwise_gap", "tensor_gaps"]

PROVEN_GAP = 1e-20
BITS = 400
MOST_BITS = 6400
STEP_BITS = 100
EACH_ENTRY = 256  # arguments with up to so many numbers are moved one by one, larger ones along random directions
DIRECTIONS = 2
NOTHING = 1e-40  # a gradient below this is one of a function that does not depend on the argument


def elementwise_gap(function: Function, derivative: Function, x: NDArray[Any]) -> float:
    """Return the largest gap between ``derivative`` and the numerical derivative of ``function`` at finite x.

    Steps are relative to each number, so that none crosses a kink at 0; the precision rises until the digits that
    the difference loses do not matter.
    """
    points = np.ravel(x)[np.isfinite(np.ravel(x))]
    largest, bits = 0.0, BITS
    while points.size:
        gaps = _gaps_at(bits, function, derivative, points)
        is_clear = np.array([float(gap.rad()) < PROVEN_GAP**1.5 for gap in gaps]) | (bits >= MOST_BITS)
        largest = max([largest, *(_upper(gap) for gap, sure in zip(gaps, is_clear, strict=True) if sure)])
        points = points[~is_clear]
        bits *= 2
    return largest


def tensor_gaps(
    function: Function, gradient: Function, arguments: Sequence[NDArray[Any]], upstream: NDArray[Any]
) -> tuple[float, ...]:
    """Return the gap of each gradient of ``sum(upstream * function(*arguments))``.

    ``gradient(upstream, *arguments)`` gives one tensor for each argument. Every entry is moved on its own where
    the arguments are small; otherwise along random directions, which a wrong gradient survives only by a miracle.
    """
    with ctx.workprec(BITS), np.errstate(all="ignore"):
        weights, exact = balls(upstream), [balls(argument) for argument in arguments]
        claimed = gradient(weights, *exact)
        is_small = sum(argument.size for argument in exact) <= EACH_ENTRY

        def loss_by(position: int) -> Callable[[Balls], Any]:
            def loss(moved: Balls) -> Any:
                return np.sum(weights * function(*exact[:position], moved, *exact[position + 1 :]))

            return loss

        return tuple(
            _tensor_gap(loss_by(place), argument, np.asarray(claimed[place], dtype=object), each_entry=is_small)
            for place, argument in enumerate(exact)
        )


def _gaps_at(bits: int, function: Function, derivative: Function, points: NDArray[Any]) -> list[Any]:
    """Return balls of the gap at each point."""
    (claimed,) = evaluate_at(bits, derivative, [points])
    with ctx.workprec(bits), np.errstate(all="ignore"):
        exact, steps = balls(points), step_sizes(points)
        after, before = np.asarray(function(exact + steps)), np.asarray(function(exact - steps))
        numeric = (after - before) / (2 * steps)
        return [abs(c - n) / max(1.0, _upper(abs(c))) for c, n in zip(claimed, numeric, strict=True)]


def _tensor_gap(loss: Callable[[Balls], Any], at: Balls, claimed: Balls, *, each_entry: bool) -> float:
    """Return the largest difference along each direction, over the largest derivative."""
    if claimed.shape != at.shape:
        return float("inf")
    step = arb(2) ** -STEP_BITS
    largest = size = 0.0
    for direction in _unit_directions(at.shape) if each_entry else _random_directions(at.shape):
        numeric = (loss(at + step * direction) - loss(at - step * direction)) / (2 * step)
        largest = max(largest, _upper(abs(np.sum(claimed * direction) - numeric)))
        size = max(size, _upper(abs(numeric)))
    return largest / max(size, NOTHING / PROVEN_GAP)


def _unit_directions(shape: tuple[int, ...]) -> list[NDArray[Any]]:
    count = int(np.prod(shape))
    units = np.zeros((count, count), dtype=object)
    np.fill_diagonal(units, 1)
    return [unit.reshape(shape) for unit in units]


def _random_directions(shape: tuple[int, ...]) -> list[NDArray[Any]]:
    """Return directions of small whole numbers, none of them zero."""
    generator = np.random.Generator(np.random.PCG64(2005))
    return [generator.choice([-3, -2, -1, 1, 2, 3], size=shape).astype(object) for _ in range(DIRECTIONS)]


def _upper(ball: Any) -> float:
    """Return the largest number that a ball may be; infinite where nothing is known."""
    value = float(ball.upper()) if isinstance(ball, arb) else float(ball)
    return value if value == value else float("inf")  # noqa: PLR0124 (nan says that nothing is known)
