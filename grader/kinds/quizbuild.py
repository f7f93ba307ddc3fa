"""Make what every question of a quiz has in common of what nothing is wrong with, and draw its figure."""

import math
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from grader.kinds.quantities import exact
from grader.kinds.variant import Variant, VariantError
from grader.kinds.view import View
from grader.model.quiz import Figure, Number, Parameter, QuizQuestion, Range, Series
from grader.model.sheet import Curve, Drawing, Form, Item

__all__ = ["build_question", "drawing_of", "item_of", "share_of"]

POINTS_OF_A_CURVE = 121
Exact = tuple[int, int]  # mantissa and exponent


def build_question(question: View, topic: str, kind: str, content: Any) -> QuizQuestion:
    """Make a question; ``content`` is what only its kind knows."""
    return QuizQuestion(
        id=f"{topic}/{question.text('id')}",
        kind=kind,
        title=question.text("title").strip(),
        prompt=question.text("prompt").strip(),
        solution=question.text("solution").strip(),
        objective=question.text("objective").strip(),
        bloom=question.text("bloom"),
        parameters=tuple(_parameter(str(path[-1]), View(value)) for path, value in question.parts("parameters")),
        derived=MappingProxyType({str(path[-1]): str(value) for path, value in question.parts("derived")}),
        require=tuple(text for _, text in question.texts("require")),
        figure=_figure(question.view("figure")) if question.has("figure") else None,
        content=content,
    )


def share_of(value: Any) -> Fraction:
    """Read percent as a share of 1."""
    return exact(value) / 100


def item_of(
    question: QuizQuestion, variant: Variant, points: Fraction, *forms: Form, rule: str, code: str = ""
) -> Item:
    """Make the neutral item of a question, its texts filled in; the rule must not say what is right."""
    return Item(
        id=question.id,
        kind=question.kind,
        title=variant.fill(question.title),
        prompt=variant.fill(question.prompt),
        points=points,
        forms=forms,
        drawing=drawing_of(question.figure, variant, question.id) if question.figure else None,
        code=code,
        rule=rule,
    )


def drawing_of(figure: Figure, variant: Variant, question: str) -> Drawing:
    """Work out the curves of a figure."""
    low, high = variant.value(figure.x_from), variant.value(figure.x_to)
    if not -math.inf < low < high < math.inf:
        words = f"{question}: the figure goes from {low:g} to {high:g}"
        raise VariantError(words, hint="Correct where it begins and ends.")
    curves = tuple(_curve(series, variant, low, high) for series in figure.series)
    heights = [y for curve in curves for _, y in curve.points if y == y]  # noqa: PLR0124 (not nan)
    if not heights:
        words = f"{question}: the figure shows nothing, since no curve has a value"
        raise VariantError(words, hint="Correct its formulas, or where it begins and ends.")
    room = 0.05 * (max(heights) - min(heights) or 1.0)
    bottom = variant.value(figure.y_from) if figure.y_from else min(heights) - room
    top = variant.value(figure.y_to) if figure.y_to else max(heights) + room
    says = variant.fill(figure.says)
    labels = variant.fill(figure.x_label), variant.fill(figure.y_label)
    return Drawing(says, *labels, (low, high), (bottom, top), curves)


def _curve(series: Series, variant: Variant, low: float, high: float) -> Curve:
    label = variant.fill(series.label)
    if series.points:
        return Curve(label, tuple((variant.value(x), variant.value(y)) for x, y in series.points))
    from grader.numerics.formula import parse

    names = sorted(parse(series.formula, {*variant.balls, "x"}).names - {"x"})
    if not all(variant.balls[name].is_finite() for name in names):
        return Curve(label, ())
    values = tuple((name, *_exactly(variant.balls[name])) for name in names)
    return Curve(label, _points(series.formula, values, low, high))


@lru_cache(maxsize=1024)
def _points(
    text: str, values: tuple[tuple[str, Exact, Exact], ...], low: float, high: float
) -> tuple[tuple[float, float], ...]:
    """Work out the points of a curve; what is drawn for a student is often drawn for others, too."""
    from flint import arb

    from grader.numerics.formula import nearest, parse

    formula = parse(text, {*(name for name, _, _ in values), "x"})
    balls = {name: arb(middle, radius) for name, middle, radius in values}
    return tuple((x, nearest(formula.value({**balls, "x": at}))) for x, at in _grid(low, high))


@lru_cache(maxsize=64)
def _grid(low: float, high: float) -> tuple[tuple[float, Any], ...]:
    """Return the places at which curves are worked out, each with its ball."""
    from grader.numerics.formula import ball

    first, last = Fraction(low), Fraction(high)
    places = [first + (last - first) * at / (POINTS_OF_A_CURVE - 1) for at in range(POINTS_OF_A_CURVE)]
    return tuple((float(x), ball(x)) for x in places)


def _exactly(ball: Any) -> tuple[Exact, Exact]:
    """Return middle and radius of a ball as mantissa and exponent: what can be compared, and made a ball again."""
    middle, radius = (part.man_exp() for part in (ball.mid(), ball.rad()))
    return (int(middle[0]), int(middle[1])), (int(radius[0]), int(radius[1]))


def _parameter(name: str, parameter: View) -> Parameter:
    if not parameter.has("one_of"):
        step = parameter.get("step") if parameter.has("step") else 1
        return Parameter((name,), Range(exact(parameter.get("from")), exact(parameter.get("to")), exact(step)))
    rows = [row for _, row in parameter.parts("one_of")]
    names = tuple(str(key) for key in rows[0]) if isinstance(rows[0], dict) else (name,)
    return Parameter(names, rows=tuple(_row(row, names) for row in rows))


def _row(row: Any, names: tuple[str, ...]) -> tuple[Number, ...]:
    values = [row[name] for name in names] if isinstance(row, dict) else [row]
    return tuple(value if isinstance(value, str) else exact(value) for value in values)


def _figure(figure: View) -> Figure:
    x, y = figure.get("x"), figure.get("y") or ("", "")
    return Figure(
        says=figure.text("says").strip(),
        x_label=figure.text("x_label") or "x",
        y_label=figure.text("y_label") or "y",
        x_from=str(x[0]),
        x_to=str(x[1]),
        y_from=str(y[0]),
        y_to=str(y[1]),
        series=tuple(_series(one) for one in figure.views("series")),
    )


def _series(series: View) -> Series:
    points = tuple((str(point[0]), str(point[1])) for _, point in series.parts("points"))
    return Series(series.text("label"), series.text("formula"), points)
