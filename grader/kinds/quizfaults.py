"""What can be wrong with any question of a quiz beyond its shape: draws, formulas, and names in texts."""

from collections.abc import Collection, Iterator
from typing import Any

from grader.kinds.kind import Fault
from grader.kinds.names import unknown
from grader.kinds.quantities import exact
from grader.kinds.variant import COMPARISON, PLACEHOLDER
from grader.kinds.view import Path, View

__all__ = ["common_faults", "comparison_faults", "formula_faults", "names_of", "text_faults"]


def common_faults(question: View) -> Iterator[Fault]:
    """Say what is wrong with the parameters, the figure and the texts of a question."""
    known: set[str] = set()
    for path, value in question.parts("parameters"):
        yield from _parameter_faults(View(value, path), known)
        known |= set(_names(str(path[-1]), value))
    for path, formula in question.parts("derived"):
        yield from formula_faults(path, formula, known)
        if str(path[-1]) in known:
            yield Fault(path, f"`{path[-1]}` is drawn or derived already", "Rename one of them", at_key=True)
        known.add(str(path[-1]))
    for path, condition in question.parts("require"):
        yield from comparison_faults(path, condition, known)
    yield from _figure_faults(question.view("figure"), known)
    for key in ("title", "prompt", "solution"):
        yield from text_faults(question.at(key), question.get(key), known)


def names_of(question: View) -> set[str]:
    """Return the names of everything that is drawn or derived."""
    names = {str(path[-1]) for path, _ in question.parts("derived")}
    for path, value in question.parts("parameters"):
        names |= set(_names(str(path[-1]), value))
    return names


def comparison_faults(path: Path, condition: Any, known: Collection[str]) -> Iterator[Fault]:
    """Say why a text is no comparison of two formulas."""
    match = COMPARISON.fullmatch(condition) if isinstance(condition, str) else None
    if isinstance(condition, str) and match is None:
        yield Fault(path, "this is no comparison", "Write one, such as `a < b`")
    for side in (match[1], match[3]) if match else ():
        yield from formula_faults(path, side.strip(), known)


def formula_faults(path: Path, formula: Any, known: Collection[str]) -> Iterator[Fault]:
    """Say why a text is no formula in the known names."""
    from grader.numerics.formula import FormulaError, parse

    if isinstance(formula, bool) or not isinstance(formula, str | int | float):
        return
    try:
        parse(str(formula), known)
    except FormulaError as error:
        yield Fault(
            path, f"`{str(formula)[:60]}` is no formula: {error}", "See docs/authoring.md for what is known"
        )


def text_faults(path: Path, text: Any, known: Collection[str]) -> Iterator[Fault]:
    """Say which placeholders of a text lead nowhere."""
    for match in PLACEHOLDER.finditer(text) if isinstance(text, str) else ():
        if match[1].strip().isidentifier() and match[1].strip() not in known:
            yield unknown(path, match[1].strip(), sorted(known), "value")
        else:
            yield from formula_faults(path, match[1], known)


def _names(name: str, value: Any) -> list[str]:
    rows = value.get("one_of") if isinstance(value, dict) else None
    joint = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return [str(key) for key in joint[0]] if joint else [name]


def _parameter_faults(parameter: View, known: Collection[str]) -> Iterator[Fault]:
    has_range = parameter.has("from") or parameter.has("to")
    if has_range == parameter.has("one_of"):
        yield Fault(parameter.path, "it needs either `from` and `to`, or `one_of`", "Write one of the two")
        return
    for name in _names(str(parameter.path[-1]), parameter.value):
        if name in known:
            yield Fault(parameter.path, f"`{name}` is drawn twice", "Rename one of them", at_key=True)
    if has_range:
        try:
            low, high = exact(parameter.get("from")), exact(parameter.get("to"))
            step = exact(parameter.get("step") if parameter.has("step") else 1)
        except ValueError:
            words = "a range needs `from` and `to`, both numbers"
            yield Fault(parameter.path, words, "Write {from: 1, to: 9}, and a `step` where it is not 1")
            return
        if not low < high or step <= 0 or (high - low) % step:
            words = f"from {low} to {high} cannot be walked in steps of {step}"
            yield Fault(parameter.path, words, "Choose a step that leads from the first to the last")
        return
    rows = [row for _, row in parameter.parts("one_of")]
    keys = {frozenset(row) if isinstance(row, dict) else frozenset() for row in rows}
    if len(keys) > 1:
        yield Fault(parameter.at("one_of"), "its rows do not all draw the same names", "Give each the same keys")


def _figure_faults(figure: View, known: Collection[str]) -> Iterator[Fault]:
    names = {*known, "x"}
    for key in ("x", "y"):
        for path, formula in figure.parts(key):
            yield from formula_faults(path, formula, known)
    for series in figure.views("series"):
        if series.has("formula") == series.has("points"):
            yield Fault(series.path, "a curve has either a `formula` or `points`", "Write one of the two")
        if series.has("formula"):
            yield from formula_faults(series.at("formula"), series.get("formula"), names)
        for path, point in series.parts("points"):
            if not isinstance(point, list) or len(point) != 2:
                yield Fault(path, "a point has two coordinates", "Write [x, y]")
                continue
            for number, formula in enumerate(point):
                yield from formula_faults((*path, number), formula, known)
        yield from text_faults(series.at("label"), series.get("label"), known)
    for key in ("says", "x_label", "y_label"):
        yield from text_faults(figure.at(key), figure.get(key), known)
