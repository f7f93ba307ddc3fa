"""What can be wrong with the cases of a function to write: sizes, and how each argument is drawn."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from grader.kinds.code.drawing import MOST_NUMBERS, SOURCES, merged, shape_of
from grader.kinds.kind import Fault
from grader.kinds.names import suggestion, unknown
from grader.kinds.quantities import DIMENSION, factor_and_name
from grader.kinds.view import View

__all__ = ["case_faults", "shape_names"]

_ROUNDED = {"shift": ("normal", "uniform"), "decimals": ("normal", "uniform", "linspace")}
_INTEGERS = {f"{sign}int{bits}": bits - (not sign) for sign in ("", "u") for bits in (8, 16, 32, 64)}


def shape_names(question: View) -> list[str]:
    """Return the names of sizes in the shapes of parameters, results and draws."""
    shapes: list[Any] = [part.get("shape") for part in (*question.views("parameters"), *question.views("results"))]
    for case in question.views("cases"):
        shapes += [draw.get("shape") for _, draw in case.parts("draws") if isinstance(draw, dict)]
    shapes += [parameter.view("draw").get("shape") for parameter in question.views("parameters")]
    return list(dict.fromkeys(name for shape in shapes for name in _symbols(shape)))


def case_faults(question: View) -> Iterator[Fault]:
    """Say what is wrong with each case, and with what parameters say about drawing."""
    names = shape_names(question)
    largest = question.view("limits").view("sizes")
    for path, _ in question.view("limits").parts("sizes"):
        if path[-1] not in names:
            yield unknown(path, str(path[-1]), names, "size in any shape")
    for parameter in question.views("parameters"):
        if parameter.has("draw"):
            yield from _draw_faults(parameter.view("draw"))
    for case in question.views("cases"):
        yield from _size_faults(question, case, names, largest)
        yield from _argument_faults(question, case)


def _symbols(shape: Any) -> Iterator[str]:
    """Go through the names in a shape as written; what is no shape has none."""
    for entry in shape if isinstance(shape, list) else []:
        if isinstance(entry, str) and re.fullmatch(DIMENSION, entry):
            yield factor_and_name(entry)[1]


def _size_faults(question: View, case: View, names: list[str], largest: View) -> Iterator[Fault]:
    sizes = _sizes(case)
    for path, number in case.parts("sizes"):
        name = str(path[-1])
        if name not in names:
            words = f"'{name}' is not a size in any shape"
            yield Fault(path, words, suggestion(name, names), at_key=True)
        elif name in sizes and isinstance(most := largest.get(name), int) and number > most:
            yield Fault(path, f"`{name}` is {number}, above the limit of {most}", "Make the case smaller")
    needed = _needed(question, case)
    missing = [name for name in needed if not case.view("sizes").has(name)]
    if missing and (isinstance(case.get("sizes"), dict) or not case.has("sizes")):
        example = ", ".join(f"{name}: {3 + index}" for index, name in enumerate(missing))
        words = f"the case `{case.text('name')}` gives no number to {', '.join(missing)}"
        yield Fault(case.path, words, f"Add `sizes: {{{example}}}`")


def _sizes(case: View) -> dict[str, int]:
    return {str(path[-1]): size for path, size in case.parts("sizes") if type(size) is int and size >= 0}


def _needed(question: View, case: View) -> list[str]:
    shapes: list[Any] = [result.get("shape") for result in question.views("results")]
    for parameter in question.views("parameters"):
        shapes += [merged(parameter, case).get("shape"), parameter.get("shape")]
    return list(dict.fromkeys(name for shape in shapes for name in _symbols(shape)))


def _argument_faults(question: View, case: View) -> Iterator[Fault]:
    # A name that stands twice means the first.
    parameters = {parameter.text("name"): parameter for parameter in reversed(question.views("parameters"))}
    for path, _ in case.parts("draws"):
        if path[-1] not in parameters:
            what = "parameter of the function"
            yield Fault(path, f"'{path[-1]}' is not a {what}", suggestion(str(path[-1]), parameters), at_key=True)
    for name, parameter in parameters.items():
        own = case.view("draws").view(name)
        if isinstance(own.value, dict):
            yield from _draw_faults(own)
        draw = merged(parameter, case)
        if not any(draw.has(source) for source in SOURCES):
            if not case.has("draws") or isinstance(case.get("draws"), dict):
                words = f"the case `{case.text('name')}` does not say how `{name}` is drawn"
                where = own.path if own.value is not None else case.path
                yield Fault(
                    where, words, f"Add `draws: {{{name}: {{normal: 1.0}}}}`, or a `draw` to the parameter"
                )
            continue
        where = own if isinstance(own.value, dict) else parameter.view("draw")
        is_elementwise = question.get("elementwise") is True
        yield from _fit_faults(where, draw, _sizes(case), is_elementwise=is_elementwise)


def _draw_faults(draw: View) -> Iterator[Fault]:
    """Say what is wrong with a draw by itself, whatever the sizes."""
    sources = [source for source in SOURCES if draw.has(source)]
    if len(sources) > 1:
        words = f"a draw has one source, not {' and '.join(sources)}"
        yield Fault(draw.path, words, "Keep one of them")
    for key, goes_with in _ROUNDED.items():
        if draw.has(key) and sources and sources[0] not in goes_with:
            yield Fault(draw.at(key), f"`{key}` does not go with `{sources[0]}`", "Remove it", at_key=True)
    yield from _range_faults(draw)
    if probe := draw.text("probe"):
        from grader.numerics.probes import PROBES

        if probe not in PROBES:
            yield unknown(draw.at("probe"), probe, PROBES, "set of probes")


def _range_faults(draw: View) -> Iterator[Fault]:
    low_high = draw.get("uniform")
    if _are_numbers(low_high, 2) and not (math.isfinite(low_high[0]) and low_high[0] < low_high[1] < math.inf):
        yield Fault(draw.at("uniform"), f"{low_high} is not a range", "Write [low, high], low below high")
    steps = draw.get("linspace")
    if _are_numbers(steps, 3) and not (
        math.isfinite(steps[0])
        and math.isfinite(steps[1])
        and type(steps[2]) is int
        and 1 <= steps[2] <= MOST_NUMBERS
    ):
        words = f"{steps} is not [start, stop, count]"
        yield Fault(draw.at("linspace"), words, "Write two numbers and how many, such as [-5, 5, 101]")


def _are_numbers(value: Any, count: int) -> bool:
    return isinstance(value, list) and len(value) == count and all(type(part) in (int, float) for part in value)


def _fit_faults(where: View, draw: View, sizes: Mapping[str, int], *, is_elementwise: bool) -> Iterator[Fault]:
    """Say where the numbers do not fit the shape, the dtype or the form in which they are handed over."""
    if draw.has("values"):
        yield from _dtype_faults(where, draw)
    shape = shape_of(draw, sizes, is_elementwise=is_elementwise)
    if isinstance(shape, Fault):
        yield Fault((*where.path, *shape.path), shape.message, shape.hint)
        return
    if shape is None:
        return
    if math.prod(shape) > MOST_NUMBERS:
        words = f"an argument of shape {_tuple(shape)} has more than {MOST_NUMBERS} numbers"
        yield Fault(where.path, words, "Make the case smaller")
    if draw.text("form") in ("scalar", "numpy-scalar") and shape != ():
        words = f"`form: {draw.text('form')}` is a single number; this draw has shape {_tuple(shape)}"
        yield Fault(where.path, words, "Write one number in `values`, or `shape: []`")


def _tuple(shape: tuple[int, ...]) -> str:
    return str(shape)


def _dtype_faults(where: View, draw: View) -> Iterator[Fault]:
    dtype = draw.text("dtype") or "float64"
    for number in _flat(draw.get("values")):
        if not _fits(number, dtype):
            words = f"{str(number).lower()} does not fit {dtype}"
            yield Fault(where.path, words, "Change the value, or the `dtype`")
            return


def _fits(number: float, dtype: str) -> bool:
    if dtype == "bool":
        return isinstance(number, bool) or number in (0, 1)
    if isinstance(number, bool):
        return False
    if bits := _INTEGERS.get(dtype):
        low = 0 if dtype.startswith("u") else -(1 << bits)
        return number == number // 1 and low <= number < 1 << bits if math.isfinite(number) else False
    most = {"float16": 65504.0, "float32": 3.4028234663852886e38}.get(dtype, math.inf)
    return not math.isfinite(number) or abs(number) <= most


def _flat(values: Any) -> Iterator[Any]:
    if isinstance(values, list):
        for part in values:
            yield from _flat(part)
    elif isinstance(values, int | float):
        yield values
