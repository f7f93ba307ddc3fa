"""How much a function magnifies what its inputs are off by: what an answer in floating point can be asked for.

    condition number   kappa(x) = |x f'(x) / f(x)| of an elementwise function: the relative change of the result
                       for a relative change of the input. An intermediate value that is off by one ULP costs
                       kappa ULP of the result, and that is nobody's fault.
    amplification      of a tensor: change every input by +-1 eps; the largest change of any of its entries, over
                       its largest entry, in eps. Right code stays within twice that.

Both are measured on the exact evaluation, so they are the same on every machine.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from flint import arb, ctx
from numpy.typing import NDArray

from grader.errors import GraderError
from grader.numerics.exact import Balls, Function, evaluate_at

__all__ = ["CHAOTIC", "amplification", "condition_number", "step_sizes"]

Floats = NDArray[np.float64]

CHAOTIC = 1e3  # an amplification beyond this makes a case unfit for grading
EPS = float(np.finfo(np.float64).eps)
FIRST_BITS = 320
MOST_BITS = 4096
STEP_BITS = 100  # the central difference is off by the square of its step: 2**-200, relatively
ENOUGH = 1e-9  # kappa is a tolerance: nine digits of it, or nine places where it is small


def condition_number(function: Function, x: NDArray[Any]) -> Floats:
    """Return |x f'(x) / f(x)| of an elementwise function, by central differences in high precision.

    At 0 it is 1 where the function vanishes (a simple zero keeps relative accuracy) and 0 elsewhere; at infinities
    and nan it is 0, since no small change of the input means anything there. Where the bounds say nothing it is 0,
    which forgives nothing.
    """
    flat = np.asarray(x, dtype=np.float64).ravel()
    kappa = np.zeros(flat.size)
    at_zero = flat == 0
    if at_zero.any():
        (values,) = evaluate_at(FIRST_BITS, function, [flat[at_zero]])
        kappa[at_zero] = [1.0 if value == 0 else 0.0 for value in values]
    places = np.flatnonzero(np.isfinite(flat) & ~at_zero)
    bits = FIRST_BITS
    while places.size and bits <= MOST_BITS:
        sure = np.zeros(places.size, dtype=bool)
        for place, ratio in enumerate(_ratios(bits, function, flat[places])):
            if ratio.is_finite() and float(ratio.rad()) <= ENOUGH * max(1.0, float(ratio.mid())):
                kappa[places[place]], sure[place] = float(ratio.mid()), True
        places = places[~sure]
        bits *= 2
    return kappa.reshape(np.shape(x))


def step_sizes(x: NDArray[Any]) -> Balls:
    """Return exact steps of 2**-100 relative to each number, so that no step crosses 0; absolute at 0."""
    step = arb(2) ** -STEP_BITS
    flat = np.empty(np.size(x), dtype=object)
    flat[:] = [step * (abs(ball) if (ball := arb(float(number))) != 0 else 1) for number in np.ravel(x)]
    return flat.reshape(np.shape(x))


def amplification(
    function: Function, arguments: Sequence[NDArray[Any]], *, results: int = 1, trials: int = 3
) -> tuple[float, ...]:
    """Return, for each result, its normwise change in eps when every float input changes by +-1 eps.

    The largest of ``trials`` choices of signs counts. Infinite where a result that was 0 changes, or where the
    evaluation gives nothing finite.
    """
    generator = np.random.Generator(np.random.PCG64(1997))
    plain = evaluate_at(FIRST_BITS // 2, function, arguments, results=results)
    largest = [0.0] * results
    for _ in range(trials):
        nudged = [_nudge(np.asarray(argument), generator) for argument in arguments]
        moved = evaluate_at(FIRST_BITS // 2, function, nudged, results=results)
        for place, (before, after) in enumerate(zip(plain, moved, strict=True)):
            largest[place] = max(largest[place], _normwise_change(before, after) / EPS)
    return tuple(largest)


def _ratios(bits: int, function: Function, x: Floats) -> list[Any]:
    """Return balls of |x f'(x) / f(x)|, of which the difference quotient itself is off by about 2**-200."""
    with ctx.workprec(bits):
        steps = step_sizes(x)
        exact = np.array([arb(number) for number in x.tolist()], dtype=object)
        before, after, here = (_call(function, at) for at in (exact - steps, exact + steps, exact))
        return [
            abs(number * (high - low) / (2 * step * value))
            for number, low, high, step, value in zip(exact, before, after, steps, here, strict=True)
        ]


def _call(function: Function, exact: Balls) -> list[arb]:
    with np.errstate(all="ignore"):
        values = np.asarray(function(exact), dtype=object)
    if values.shape != exact.shape:
        raise GraderError(f"{getattr(function, '__name__', 'the function')} is not elementwise")
    return [value if isinstance(value, arb) else arb(value) for value in values.tolist()]


def _nudge(argument: NDArray[Any], generator: np.random.Generator) -> NDArray[Any]:
    """Change every float by one eps, up or down; whole numbers stay."""
    if argument.dtype.kind != "f":
        return argument
    signs = generator.choice([-1.0, 1.0], size=argument.shape)
    return argument.astype(np.float64) * (1 + signs * EPS)


def _normwise_change(before: Balls, after: Balls) -> float:
    """Return max |after - before| / max |before|, 0 for nothing at all."""
    with ctx.workprec(FIRST_BITS // 2):
        change = max((float(abs(b - a)) for a, b in zip(before.ravel(), after.ravel(), strict=True)), default=0.0)
        size = max((float(abs(a)) for a in before.ravel()), default=0.0)
    if change == 0:
        return 0.0
    return change / size if size and math.isfinite(change) else math.inf
