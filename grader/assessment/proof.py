"""Prove that a reference which gives gradients gives those of the function that its bank says it derives."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader.errors import InputError
from grader.model.inputs import Argument
from grader.model.question import CodeQuestion, Topic
from grader.numerics.derivative import elementwise_gap, tensor_gaps
from grader.numerics.exact import Function

__all__ = ["gradient_gaps"]


def gradient_gaps(topic: Topic, question: CodeQuestion, arguments: Sequence[Argument]) -> Mapping[str, float]:
    """Return, by result, how far the reference is from numerical differentiation; nothing where it is no gradient.

    A gap beyond ``grader.numerics.derivative.PROVEN_GAP`` means that function and gradient do not belong together.
    Inputs at which the question accepts several values, and infinite ones, have no derivative and are left out.
    """
    gradient = question.gradient
    if gradient is None:
        return {}
    values = {argument.name: argument.value for argument in arguments}
    function, claimed = topic.reference[gradient.of], topic.reference[question.function]
    if not gradient.upstream:
        points = values[gradient.with_respect_to[0]].astype(np.float64).ravel()
        accepted = [accept.at for accept in question.accepts]
        return {question.results[0]: elementwise_gap(function, claimed, points[~np.isin(points, accepted)])}
    derived = _question_of(topic, gradient.of)
    place = derived.results.index(gradient.result) if gradient.result else 0
    names = [parameter.name for parameter in derived.parameters]
    if tuple(names) != gradient.with_respect_to:
        raise InputError(
            f"{question.id}: its gradient is by {', '.join(gradient.with_respect_to)}, while {gradient.of} takes "
            f"{', '.join(names)}",
            hint="Name all parameters of that function, in its order.",
        )
    gaps = tensor_gaps(
        _one_result(function, place, len(derived.results)),
        _by_name(claimed, question, [gradient.upstream, *names]),
        [values[name] for name in names],
        values[gradient.upstream],
    )
    return dict(zip(question.results, gaps, strict=True))


def _question_of(topic: Topic, function: str) -> CodeQuestion:
    return next(question for question in topic.questions if question.function == function)


def _one_result(function: Function, place: int, results: int) -> Function:
    """Return the function with only one of its results."""
    return function if results == 1 else lambda *arguments: function(*arguments)[place]


def _by_name(gradient: Function, question: CodeQuestion, names: Sequence[str]) -> Function:
    """Return the gradient with its arguments in the order of ``names``, whatever the question's own order is."""
    order = [list(names).index(parameter.name) for parameter in question.parameters]

    def in_order(*arguments: Any) -> tuple[Any, ...]:
        returned = gradient(*[arguments[place] for place in order])
        return tuple(returned) if len(question.results) > 1 else (returned,)

    return in_order
