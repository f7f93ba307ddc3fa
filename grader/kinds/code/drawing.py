"""Which draw holds in which case, and which shape comes of it.

A case's draw with a source stands alone, but for the parameter's shape; one without a source changes only what it
names of the parameter's own draw: ``{form: strided}`` is the same numbers in another form.
"""

from collections.abc import Mapping
from typing import Any

from grader.kinds.kind import Fault
from grader.kinds.quantities import factor_and_name
from grader.kinds.view import View

__all__ = ["MOST_NUMBERS", "SOURCES", "literal_shape", "merged", "shape_of"]

SOURCES = ("values", "normal", "uniform", "linspace", "probe")

MOST_NUMBERS = 1_000_000


def merged(parameter: View, case: View) -> View:
    """Return the draw of a parameter in a case, as it was written; ``shape`` is filled in from the parameter."""
    own, default = case.view("draws").get(parameter.text("name")), parameter.get("draw")
    own = own if isinstance(own, dict) else {}
    default = default if isinstance(default, dict) else {}
    draw = dict(own) if any(source in own for source in SOURCES) else {**default, **own}
    if "shape" not in draw and parameter.has("shape"):
        draw["shape"] = parameter.get("shape")
    return View(draw)


def shape_of(draw: View, sizes: Mapping[str, int], *, is_elementwise: bool) -> tuple[int, ...] | Fault | None:
    """Return the shape of the array that is drawn; a fault where it cannot be, None where it is not known."""
    wanted = _resolve(draw.get("shape"), sizes)
    if draw.has("values"):
        found = literal_shape(draw.get("values"))
        return None if found is None else _of_shape(found, wanted, "values")
    if draw.has("linspace"):
        steps = draw.get("linspace")
        if not (isinstance(steps, list) and len(steps) == 3 and type(steps[2]) is int):
            return None
        return _of_shape((steps[2],), wanted, "linspace")
    if draw.has("probe"):
        if not is_elementwise:
            return Fault(("probe",), "`probe` is for elementwise functions", "Use `normal` or `values`")
        return None
    return wanted if wanted is not None else (() if not draw.has("shape") else None)


def _resolve(shape: Any, sizes: Mapping[str, int]) -> tuple[int, ...] | None:
    if not isinstance(shape, list):
        return None
    numbers: list[int] = []
    for entry in shape:
        if not isinstance(entry, int | str):
            return None
        factor, name = factor_and_name(entry)
        if name and name not in sizes:
            return None
        numbers.append(factor * sizes[name] if name else factor)
    return tuple(numbers)


def literal_shape(values: Any) -> tuple[int, ...] | None:
    """Return the shape of a number or of lists of numbers; None where lists are of different lengths."""
    if not isinstance(values, list):
        return ()
    below = {literal_shape(part) for part in values} or {()}
    first = below.pop()
    return None if below or first is None else (len(values), *first)


def _of_shape(found: tuple[int, ...], wanted: tuple[int, ...] | None, key: str) -> tuple[int, ...] | Fault:
    if wanted is None or wanted == found:
        return found
    words = f"`{key}` has the shape {found}, and {wanted} is wanted"
    return Fault((key,), words, "Change the numbers, the `sizes` of the case or the `shape`")
