"""Which steps of a reference may be the wrong one: those whose change shows in the same results as an answer's.

Each step is made to give slightly other numbers, one of its results at a time, and the function is run. A step
that changes results which are right in the answer is less likely, one that changes just the wrong ones more so.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

import numpy as np

from grader.diagnose.catalogue import with_mistakes
from grader.diagnose.signature import Signature, evaluate
from grader.model.key import KeyedCase
from grader.model.mistake import Mistake
from grader.model.question import CodeQuestion, Topic

__all__ = ["suspects"]


def suspects(
    topic: Topic, question: CodeQuestion, steps: Sequence[str], case: KeyedCase, wrong: Collection[str]
) -> tuple[str, ...]:
    """Return the steps, the most likely first; ``wrong`` are the names of the results that are."""
    wanted = frozenset(wrong)
    return tuple(sorted(steps, key=lambda name: _rank(topic, question, name, case, wanted)))


def _rank(
    topic: Topic, question: CodeQuestion, step: str, case: KeyedCase, wrong: frozenset[str]
) -> tuple[int, int]:
    """Say how unlikely a step is, and how much else it does: the function itself can be wrong in any way."""
    shown = [frozenset(names) for names in _changes(topic, question, step, case)]
    if step == question.function:
        return 2, 0
    if wrong in shown:
        return 0, len(shown)
    return (1 if any(one <= wrong and one for one in shown) else 3), len(shown)


def _changes(topic: Topic, question: CodeQuestion, step: str, case: KeyedCase) -> Iterator[list[str]]:
    """Yield which results change, for each result of the step in turn."""
    count = len(question.results)
    right = evaluate(topic.reference[question.function], [case], count)
    place = 0
    while True:
        nudge = _Nudge(topic.reference[step], place)
        mistake = Mistake("nudged", step, nudge, "", "", "", "")
        gives = evaluate(with_mistakes(topic.reference, [mistake], question.function), [case], count)
        yield [name for number, name in enumerate(question.results) if _differ(gives, right, number)]
        place += 1
        if place >= nudge.count:
            return


def _differ(one: Signature, other: Signature, place: int) -> bool:
    first, second = one.pieces([place]), other.pieces([place])
    return first.words != second.words or not np.allclose(first.numbers, second.numbers, 1e-9, 0, equal_nan=True)


class _Nudge:
    """A step that gives slightly other numbers in one of its results; ``count`` is how many it has."""

    def __init__(self, step: Callable[..., Any], place: int) -> None:
        self._step, self._place = step, place
        self.count = 1

    def __call__(self, *arguments: Any) -> Any:
        gives = self._step(*arguments)
        if not isinstance(gives, tuple):
            return _moved(gives)
        self.count = len(gives)
        parts = [_moved(one) if place == self._place else one for place, one in enumerate(gives)]
        return type(gives)(*parts) if hasattr(gives, "_fields") else tuple(parts)


def _moved(value: Any) -> Any:
    """Return other numbers of the same shape; what is no number stays."""
    if isinstance(value, list | tuple):
        return type(value)(_moved(one) for one in value) if not hasattr(value, "_fields") else value
    try:
        numbers = np.asarray(value)
    except ValueError:
        return value
    if numbers.dtype == np.bool_:
        return ~numbers
    return value * 1.01 + 0.01 if numbers.dtype.kind in "iuf" else value
