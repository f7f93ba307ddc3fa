"""What was drawn for one student: the numbers, what follows from them, and texts with these filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grader.errors import GraderError
from grader.model.quiz import Number, Parameter, QuizQuestion
from grader.numerics.draws import Stream

__all__ = ["COMPARISON", "PLACEHOLDER", "Variant", "VariantError", "balls_of", "decide", "draw", "plain"]

PLACEHOLDER = re.compile(r"\[\[([^\[\]\n:]+?)(?::(\.\d{1,2}[fgeF]))?\]\]")
COMPARISON = re.compile(r"(.+?)(<=|>=|!=|<|>)(.+)")
TRIES = 1000


class VariantError(GraderError):
    """A question of which no variant can be made."""


@dataclass(frozen=True, slots=True, eq=False)
class Variant:
    """The values of one variant of a question, and the stream for what else is to be drawn."""

    stream: Stream
    values: Mapping[str, Number]  # as drawn
    balls: Mapping[str, Any]  # drawn numbers and derived values, by name

    def value(self, formula: str) -> float:
        """Return the float64 nearest to a formula's value here."""
        from grader.numerics.formula import nearest

        return nearest(self.ball(formula))

    def ball(self, formula: str) -> Any:
        """Return a formula's value here with its proven bound."""
        from grader.numerics.formula import parse

        return parse(formula, self.balls).value(self.balls)

    def fill(self, text: str) -> str:
        """Put values in the place of ``[[name]]``, ``[[formula]]`` and ``[[formula:.3f]]``."""
        return PLACEHOLDER.sub(self._shown, text)

    def _shown(self, match: re.Match[str]) -> str:
        name, form = match[1].strip(), match[2]
        drawn = self.values.get(name)
        if isinstance(drawn, str):
            return drawn
        if drawn is not None and not form:
            return plain(drawn)
        value = self.value(name)
        return format(value + 0.0, form) if form else f"{value + 0.0:.6g}"


def plain(number: Fraction) -> str:
    """Write an exact number as a person would: 0.25, 3, 1/3."""
    from grader.numerics.written import decimal

    return decimal(number)


def draw(question: QuizQuestion, stream: Stream) -> Variant:
    """Draw the values of a question until they are as it requires. Raises VariantError where they never are."""
    for attempt in range(TRIES):
        variant = _drawn(question, stream, attempt)
        if all(_holds(variant, condition) for condition in question.require):
            return variant
    words = f"{TRIES} draws, and none satisfies {' and '.join(question.require)}"
    raise VariantError(f"{question.id}: {words}", hint="Loosen `require`, or widen the parameters.")


def _drawn(question: QuizQuestion, stream: Stream, attempt: int) -> Variant:
    values: dict[str, Number] = {}
    for parameter in question.parameters:
        values.update(_values(parameter, stream.branch("draw", parameter.names[0], str(attempt))))
    return Variant(stream, values, balls_of(values, question.derived))


def balls_of(values: Mapping[str, Number], derived: Mapping[str, str]) -> dict[str, Any]:
    """Return the drawn numbers and what is derived from them, as balls."""
    from grader.numerics.formula import ball, parse

    balls = {name: ball(value) for name, value in values.items() if isinstance(value, Fraction)}
    for name, formula in derived.items():
        balls[name] = parse(formula, balls).value(balls)
    return balls


def _values(parameter: Parameter, stream: Stream) -> dict[str, Number]:
    if parameter.range is not None:
        span = parameter.range
        return {parameter.names[0]: stream.on_grid(span.low, span.high, span.step)}
    return dict(zip(parameter.names, stream.choice(parameter.rows), strict=True))


def decide(variant: Variant, condition: str) -> bool:
    """Say whether a comparison holds. Raises VariantError where its sides are too close to tell."""
    if _holds(variant, condition):
        return True
    if match := COMPARISON.fullmatch(condition):
        opposites = {"<": [">="], ">": ["<="], "<=": [">"], ">=": ["<"], "!=": ["<=", ">="]}[match[2]]
        if all(_holds(variant, f"{match[1]}{opposite}{match[3]}") for opposite in opposites):
            return False
    words = f"`{condition}` cannot be decided: its sides are equal, or too close"
    raise VariantError(words, hint="Keep them apart with `require`.")


def _holds(variant: Variant, condition: str) -> bool:
    """Whether a comparison of two formulas holds for certain."""
    match = COMPARISON.fullmatch(condition)
    if match is None:
        return False
    left, right = variant.ball(match[1]), variant.ball(match[3])
    compare = {"<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right, "!=": left != right}
    return bool(compare[match[2]])
