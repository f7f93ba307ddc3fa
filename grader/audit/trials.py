"""Inputs to try on a question, the simplest first: other sizes, other numbers, one argument at a time.

A trial is a case as an author would write it, so that one that tells something can be pasted. No size is larger
than in the question's own cases, which keep the limits of its bank.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from grader.model.inputs import Form
from grader.model.question import Case, CodeQuestion, Draw

__all__ = ["trials"]

NAME = "told-apart"
SMALL = (2, 3, 5, 4, 7, 6)  # neighbours differ, and so do all of a few
SCALES = (3.0, 10.0, 0.1)
SHIFTS = (3.0, -3.0)
SIZE = re.compile(r"\d*([A-Za-z]\w*)")

# What tells functions of one number apart: signs, sizes, neighbours; then axes, and the ends of the range.
ELEMENTWISE = (
    ("a few small numbers", Draw(values=(-2, -0.5, 0.5, 2))),
    ("zero among small numbers", Draw(values=(-1, 0, 1))),
    ("one number", Draw(values=(-0.7,))),
    ("two axes", Draw(values=((0.5, -1.0, 2.0), (-0.25, 1.5, -3.0)))),
    ("numbers from -6 to 6", Draw(linspace=(-6, 6, 49))),
    ("numbers from -50 to 50", Draw(linspace=(-50, 50, 101))),
    ("numbers of every hundred", Draw(linspace=(-1000, 1000, 21))),
    ("numbers near 0", Draw(values=(-1e-3, -1e-6, 1e-9, 1e-12))),
    ("one Python float", Draw(values=0.75, form=Form.SCALAR)),
    ("no number at all", Draw(values=())),
    ("an array in Fortran order", Draw(values=((0.5, -1.0), (2.0, -3.0)), form=Form.FORTRAN)),
    ("the ends of the range", Draw(probe="extremes")),
    ("numbers of every magnitude", Draw(probe="magnitudes")),
    ("numbers from everywhere", Draw(probe="whole-range")),
)


def trials(question: CodeQuestion) -> Iterator[Case]:
    """Return the cases to try on a question, in the order in which they should be."""
    taken = {case.name for case in question.cases}
    name = next(one for one in (NAME, *(f"{NAME}-{n}" for n in range(2, 1000))) if one not in taken)
    found = _of_numbers(question) if question.elementwise else _of_shapes(question)
    for title, sizes, draws in found:
        yield Case(name, title, False, MappingProxyType(dict(sizes)), MappingProxyType(dict(draws)))


Trial = tuple[str, Mapping[str, int], Mapping[str, Draw]]


def _of_numbers(question: CodeQuestion) -> Iterator[Trial]:
    (parameter,) = question.parameters
    for title, draw in ELEMENTWISE:
        yield title, {}, {parameter.name: draw}


def _of_shapes(question: CodeQuestion) -> Iterator[Trial]:
    sizes = list(_sizes(question))
    for title, numbers in sizes:
        yield title, numbers, {}
    for words, draws in _draws(question):
        for title, numbers in sizes:
            yield f"{title}; {words}", numbers, draws


def _sizes(question: CodeQuestion) -> Iterator[tuple[str, dict[str, int]]]:
    """Go through sizes: all different, in several orders, all equal, and each of them 1."""
    most: dict[str, int] = {}
    for case in question.cases:
        for name, size in case.sizes.items():
            most[name] = max(size, most.get(name, 0))
    names = list(most)
    seen: list[dict[str, int]] = []
    found: list[tuple[str, dict[str, int]]] = []
    for start in range(len(names) or 1):
        order = names[start:] + names[:start]
        found.append(("all sizes differ", _different(order, most)))
    if len(names) > 1:
        found.append(("all sizes are equal", dict.fromkeys(names, min(4, *most.values()))))
    found += [(f"{name} is 1", {**_different(names, most), name: 1}) for name in names if most[name] > 1]
    found += [(f"{name} is {most[name]}", {**_different(names, most), name: most[name]}) for name in names]
    for title, sizes in found:
        ordered = {name: sizes[name] for name in names}
        if ordered not in seen:
            seen.append(ordered)
            yield title if len(names) > 1 else "another size", ordered


def _different(names: list[str], most: Mapping[str, int]) -> dict[str, int]:
    """Give each name a small size of its own, as far as the largest that the bank uses allows."""
    sizes: dict[str, int] = {}
    for name in names:
        free = [size for size in SMALL if size not in sizes.values() and size <= most[name]]
        sizes[name] = free[0] if free else most[name]
    return sizes


def _draws(question: CodeQuestion) -> Iterator[tuple[str, dict[str, Draw]]]:
    """Go through other ways to draw: one argument larger, smaller or of one sign, then all of them."""
    usual = {
        one.name: replace(one.draw, shape=())
        for one in question.parameters
        if one.draw is not None and one.draw.normal is not None
    }
    for name, draw in usual.items():
        for scale in SCALES:
            yield f"{name} {'larger' if scale > 1 else 'smaller'}", {name: _scaled(draw, scale)}
        for shift in SHIFTS:
            yield f"{name} {'positive' if shift > 0 else 'negative'}", {name: replace(draw, shift=shift)}
    for scale in SCALES:
        words = "larger numbers" if scale > 1 else "smaller numbers"
        yield words, {name: _scaled(draw, scale) for name, draw in usual.items()}


def _scaled(draw: Draw, by: float) -> Draw:
    return replace(draw, normal=float(f"{(draw.normal or 0.0) * by:.3g}"))
