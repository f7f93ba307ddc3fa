"""Work out what is right for one case: its inputs, the proven value of each result, and what may be forgiven."""

import numpy as np

from grader.assessment.cases import draw
from grader.errors import InputError
from grader.model.inputs import Argument
from grader.model.key import Expected, KeyedCase
from grader.model.question import Accept, Case, CodeQuestion, RuleKind, Topic
from grader.numerics.condition import amplification, condition_number
from grader.numerics.exact import Function, ProofError, Proven, evaluate

__all__ = ["key_case"]


def key_case(topic: Topic, question: CodeQuestion, case: Case, seed: str) -> KeyedCase:
    """Return one case with its inputs and the proven value of each result."""
    arguments = draw(question, case, seed)
    values = [argument.value for argument in arguments]
    reference = topic.reference[question.function]
    try:
        proven = evaluate(reference, values, results=len(question.results), elementwise=question.elementwise)
    except ProofError as error:
        raise InputError(
            f"{question.id}, case {case.name!r}: {error.complaints[0].message}", hint=error.complaints[0].hint
        ) from error
    if question.elementwise:
        expected = (_expect_elementwise(question, case, reference, arguments, proven[0]),)
    else:
        moved = amplification(reference, values, results=len(question.results))
        expected = tuple(
            Expected(one.nearest, one.rest, one.nearest, one.nearest, amplification=by)
            for one, by in zip(proven, moved, strict=True)
        )
    _freeze(expected)
    return KeyedCase(case.name, case.title, case.public, arguments, expected)


def _expect_elementwise(
    question: CodeQuestion, case: Case, reference: Function, arguments: tuple[Argument, ...], proven: Proven
) -> Expected:
    """Return what is right for an elementwise function, with condition numbers where a rule forgives by them."""
    low = high = proven.nearest
    for accept in question.accepts:
        low, high = _widen(low, high, arguments[0], accept)
    kappa = None
    if len(arguments) == 1 and _forgives_by_condition(question, case):
        kappa = condition_number(reference, arguments[0].value)
    return Expected(proven.nearest, proven.rest, low, high, kappa)


def _widen(low: np.ndarray, high: np.ndarray, argument: Argument, accept: Accept) -> tuple[np.ndarray, np.ndarray]:
    """Return the interval of right values, wider where the input is the accepted one."""
    there = argument.value == accept.at
    return np.where(there, np.minimum(low, accept.low), low), np.where(there, np.maximum(high, accept.high), high)


def _forgives_by_condition(question: CodeQuestion, case: Case) -> bool:
    return any(
        check.rule is not None and check.rule.kind is RuleKind.ULP and check.rule.per_condition > 0
        for check in question.checks
        if case.name in check.cases
    )


def _freeze(expected: tuple[Expected, ...]) -> None:
    """Make every array read-only: a key is shared by everything that judges."""
    for one in expected:
        for array in (one.nearest, one.rest, one.low, one.high, one.kappa):
            if array is not None:
                array.flags.writeable = False
