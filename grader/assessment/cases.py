"""Draw the inputs of a case: the same numbers for the same seed, question, case and parameter, for ever.

Each argument has a generator of its own (PCG64, seeded by an HMAC of those four names), so that adding a case or a
parameter changes no other input. What is drawn is rounded to a few decimals, so that a call can be pasted.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.errors import InputError
from grader.model.inputs import Argument, Form
from grader.model.question import Case, CodeQuestion, Draw
from grader.numerics.probes import probe

__all__ = ["draw", "shape_of"]

SIZE = re.compile(r"(\d*)([A-Za-z]\w*)")
SCALARS = (Form.SCALAR, Form.NUMPY_SCALAR)


def draw(question: CodeQuestion, case: Case, seed: str) -> tuple[Argument, ...]:
    """Return the arguments of a case, in the order of the question's parameters; their arrays are read-only.

    Raises InputError, naming question, case and parameter, where a draw makes no sense.
    """
    arguments: list[Argument] = []
    for parameter in question.parameters:
        how = case.draws.get(parameter.name, parameter.draw) or Draw()
        try:
            # The shape is worked out only where it is drawn by: literal values have their own.
            shape = shape_of(how.shape or parameter.shape, case.sizes) if _is_drawn(how) else ()
            value = _numbers(how, shape, _generator(seed, question.id, case.name, parameter.name))
        except (InputError, ValueError, TypeError, OverflowError) as error:
            where = f"{question.id}, case {case.name!r}, parameter {parameter.name!r}"
            raise InputError(f"{where}: {error}", hint="Correct its draw in the bank.") from error
        arguments.append(Argument(parameter.name, value, how.form))
    return tuple(arguments)


def shape_of(dimensions: tuple[str | int, ...], sizes: Mapping[str, int]) -> tuple[int, ...]:
    """Return dimensions such as ``("D", "4H")`` as numbers; raise InputError for a size that has no value."""
    return tuple(_dimension(dimension, sizes) for dimension in dimensions)


def _is_drawn(how: Draw) -> bool:
    return how.normal is not None or how.uniform is not None


def _dimension(dimension: str | int, sizes: Mapping[str, int]) -> int:
    if isinstance(dimension, int):
        return dimension
    if dimension.isdecimal():
        return int(dimension)
    match = SIZE.fullmatch(dimension.replace(" ", "").replace("*", ""))
    if match is None or match[2] not in sizes:
        raise InputError(f"the size {dimension!r} has no value")
    return int(match[1] or 1) * sizes[match[2]]


def _generator(*names: str) -> np.random.Generator:
    """Return a generator that depends on the seed and every name, and on nothing else."""
    seed, *rest = names
    digest = hmac.digest(seed.encode(), json.dumps(rest).encode(), hashlib.sha256)
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))


def _numbers(how: Draw, shape: tuple[int, ...], generator: np.random.Generator) -> NDArray[Any]:
    """Return the numbers of one argument in their dtype."""
    raw = _raw_numbers(how, shape, generator)
    with np.errstate(over="ignore"):
        value = np.array(raw, dtype=np.dtype(how.dtype), order="C")
    if how.form in SCALARS and value.ndim:
        raise InputError(f"a {how.form.value} is one number, and this has the shape {value.shape}")
    value.flags.writeable = False
    return value


def _raw_numbers(how: Draw, shape: tuple[int, ...], generator: np.random.Generator) -> NDArray[Any]:
    """Return the numbers before they get their dtype."""
    if how.values is not None:
        return np.asarray(how.values)
    if how.probe is not None:
        return probe(how.probe)
    if how.normal is not None:
        return _rounded(how.shift + how.normal * generator.standard_normal(shape), how.decimals)
    if how.uniform is not None:
        low, high = how.uniform
        return _rounded(how.shift + generator.uniform(low, high, shape), how.decimals)
    if how.linspace is not None:
        start, stop, count = how.linspace
        return _rounded(np.linspace(start, stop, count), how.decimals)
    raise InputError("nothing says how it is drawn (values, normal, uniform, probe or linspace)")


def _rounded(numbers: NDArray[np.float64], decimals: int) -> NDArray[np.float64]:
    """Round so that each number prints with few digits; -0 becomes 0."""
    return np.round(numbers, decimals) + 0.0
