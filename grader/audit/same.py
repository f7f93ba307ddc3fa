"""Whether a mistake changes a function at all: both are evaluated with proven bounds, and held to 22 digits.

A step may be wrong and what is built on it right: the derivative 1 - tanh(x)^2 does not notice a tanh of the wrong
sign, and a formula that loses digits has the same value on exact numbers. Rounding says nothing here.
"""

import numpy as np

from grader.assessment.cases import draw
from grader.audit.apart import differ
from grader.audit.trials import trials
from grader.diagnose.catalogue import with_mistakes
from grader.model.inputs import Argument
from grader.model.mistake import Mistake
from grader.model.question import CodeQuestion, Topic
from grader.numerics.exact import Function, Proven, evaluate

__all__ = ["is_same_function"]

DIGITS = 2.0**-72  # of the value: what `evaluate` proves of the rest


def is_same_function(topic: Topic, question: CodeQuestion, mistake: Mistake, seed: str) -> bool:
    """Whether a question's function has the same values with a mistake, wherever they are looked at.

    That is on the question's own cases, and on every trial on which the two differ in float64. Inputs at which
    the function itself has no value are left out.
    """
    right = topic.reference[question.function]
    wrong = with_mistakes(topic.reference, [mistake], question.function)
    own = {case.name for case in question.cases}
    for case in (*question.cases, *trials(question)):
        for drawn in (draw(question, case, one) for one in (seed, f"{seed} again")):
            if case.name not in own and not differ(question, right, wrong, drawn):
                continue
            if not _agree(question, drawn, right, wrong):
                return False
    return True


def _agree(question: CodeQuestion, arguments: tuple[Argument, ...], right: Function, wrong: Function) -> bool:
    values = [one.value for one in arguments]
    results, elementwise = len(question.results), question.elementwise
    try:
        proven = evaluate(right, values, results=results, elementwise=elementwise)
    except Exception:  # noqa: BLE001 (a trial may be nothing that the function takes)
        return True
    try:
        other = evaluate(wrong, values, results=results, elementwise=elementwise)
    except Exception:  # noqa: BLE001 (what cannot be evaluated exactly is not shown to be the same)
        return False
    free = np.isin(values[0], [one.at for one in question.accepts]) if question.accepts else np.zeros((), bool)
    return all(_equal(one, again, free) for one, again in zip(proven, other, strict=True))


def _equal(one: Proven, other: Proven, free: np.ndarray) -> bool:
    if one.nearest.shape != other.nearest.shape:
        return False
    with np.errstate(all="ignore"):
        same = (one.nearest == other.nearest) | (np.isnan(one.nearest) & np.isnan(other.nearest))
        near = np.abs(one.rest - other.rest) <= DIGITS * np.abs(one.nearest)
    return bool((same & (near | (one.rest == other.rest)) | free).all())
