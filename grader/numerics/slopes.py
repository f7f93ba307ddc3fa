"""Gradients of a function that is only known by its values, in plain float64.

complex step   f(x + ih) is f(x) + ih f'(x) up to h squared: with h = 1e-30 exact to the last digits, where the
               code is analytic and casts nothing. What it gives is held against a central difference, since an
               absolute value or a cast to float loses the imaginary part without a word.
differences    of four points, where that fails: about 1e-11 of the gradient's size
a direction    one number of a gradient: how the value changes along it. Two calls, for a function that can only
               be asked; off by about 1e-10, and by what the function itself rounds, over the step.
"""

import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["DIRECTIONS", "Moved", "agrees", "gradients", "moves"]

Floats = NDArray[np.float64]
Loss = Callable[[Sequence[NDArray[Any]]], Any]  # from all arguments to one number

DIRECTIONS = 2  # along which each argument is moved
IMAGINARY = 1e-30
STEP = 2.0**-17  # along a direction of length 1
FOUR_POINT_STEP = 2.0**-12
CLOSE = 1e-3  # of the gradient's length: what a direction may be off by; a function may round to 1e-9 of its size
VERIFIED = 1e-5


class Moved:
    """One argument moved along a direction, forth and back."""

    __slots__ = ("back", "direction", "forth")

    def __init__(self, at: Floats, direction: Floats) -> None:
        self.direction = direction
        self.forth, self.back = at + STEP * direction, at - STEP * direction

    def slope(self, forth: float, back: float) -> float:
        """Return how much a value changes along the direction, from what it is at both ends."""
        return (forth - back) / (2 * STEP)


def moves(at: Floats) -> tuple[Moved, ...]:
    """Move an argument along some directions, always the same for the same shape; no number stays as it is."""
    generator = np.random.Generator(np.random.PCG64([1997, *at.shape]))
    found: list[Moved] = []
    for _ in range(DIRECTIONS):
        direction = generator.choice([-3.0, -2.0, -1.0, 1.0, 2.0, 3.0], size=at.shape)
        found.append(Moved(at, direction / max(float(np.linalg.norm(direction)), 1.0)))
    return tuple(found)


def agrees(one: Floats, moved: Moved, slope: float, close: float = CLOSE) -> bool:
    """Whether a slope along a direction is that of a gradient."""
    length = float(np.linalg.norm(one))
    return abs(float(np.sum(one * moved.direction)) - slope) <= close * (length or 1.0)  # never of nan


def gradients(loss: Loss, arguments: Sequence[Floats]) -> tuple[Floats, ...] | None:
    """Return the gradient of a loss by each argument; None where it raises, is not finite or has no gradient."""
    for derive in (_complex_steps, _differences):
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("error", np.exceptions.ComplexWarning)
                found = tuple(derive(loss, arguments, place) for place in range(len(arguments)))
                if _verified(loss, arguments, found):
                    return found
        except Exception:  # noqa: BLE001, S112  code that cannot work on complex numbers may raise whatever it likes
            continue
    return None


def _verified(loss: Loss, arguments: Sequence[Floats], found: Sequence[Floats]) -> bool:
    """Hold gradients against differences along directions."""
    for place, (at, one) in enumerate(zip(arguments, found, strict=True)):
        for moved in moves(at):
            forth, back = (float(loss(_with(arguments, place, there))) for there in (moved.forth, moved.back))
            if not np.isfinite(one).all() or not agrees(one, moved, moved.slope(forth, back), VERIFIED):
                return False
    return True


def _complex_steps(loss: Loss, arguments: Sequence[Floats], place: int) -> Floats:
    found = np.zeros(arguments[place].shape)
    for index, moved in _entries(arguments[place].astype(np.complex128), 1j * IMAGINARY):
        found[index] = complex(loss(_with(arguments, place, moved))).imag / IMAGINARY
    return found


def _differences(loss: Loss, arguments: Sequence[Floats], place: int) -> Floats:
    """Return central differences of four points: off by the fourth power of the step."""
    found = np.zeros(arguments[place].shape)
    for by, weight in ((1, 8), (-1, -8), (2, -1), (-2, 1)):
        for index, moved in _entries(arguments[place], by * FOUR_POINT_STEP):
            found[index] += weight * float(loss(_with(arguments, place, moved)))
    return found / (12 * FOUR_POINT_STEP)


def _entries(at: NDArray[Any], step: complex) -> Iterator[tuple[tuple[int, ...], NDArray[Any]]]:
    """Move one number after another."""
    for index in np.ndindex(at.shape):
        moved = at.copy()
        moved[index] += step
        yield index, moved


def _with(arguments: Sequence[NDArray[Any]], place: int, moved: NDArray[Any]) -> list[NDArray[Any]]:
    return [moved if number == place else one.copy() for number, one in enumerate(arguments)]
