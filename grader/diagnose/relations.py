"""What holds between an answer and the right one where no known mistake explains it: facts, never guesses.

Each relation is tried on every case on which a result is wrong. It is told only where it holds on all that can
tell, on two at least, and in the same way on each: the same factor, the same place. The first that holds is told,
so they stand in the order of what says most.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.diagnose.compared import CANNOT_TELL, EQUAL, Compared, Relation, Shape
from grader.diagnose.related import every_relation
from grader.model.key import KeyedCase
from grader.model.outcome import Outcome, Status
from grader.model.question import CodeQuestion, Topic

__all__ = ["relations"]

LEAST_CASES = 2


def relations(
    topic: Topic, question: CodeQuestion, cases: Sequence[KeyedCase], outcomes: Mapping[str, Outcome]
) -> tuple[str, ...]:
    """Return sentences that are true of a wrong answer; none where nothing simple is."""
    said: dict[str, list[str]] = {}
    shapes = question.result_shapes or ((),) * len(question.results)
    for place, name in enumerate(question.results):
        found = [one for one in _cases(place, shapes[place], cases, outcomes) if not one.is_right]
        if len(found) < LEAST_CASES:
            continue
        for words in _holding(found, topic, question):
            said.setdefault(words, []).append(name)
            break
    return tuple(f"{_listed(names, question)}: {words}." for words, names in said.items())


def _listed(names: Sequence[str], question: CodeQuestion) -> str:
    if len(question.results) == 1:
        return f"`{question.function}`"
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _cases(
    place: int, names: Shape, cases: Sequence[KeyedCase], outcomes: Mapping[str, Outcome]
) -> Iterator[Compared]:
    """Go through the cases that returned real numbers for one result."""
    for case in cases:
        outcome = outcomes.get(case.name)
        if outcome is None or outcome.status is not Status.PASSED or len(outcome.values) != len(case.expected):
            continue
        array = outcome.values[place].array
        if array is None or array.dtype.kind not in "biuf" or not array.size or array.size > 1 << 20:
            continue
        with np.errstate(all="ignore"):
            got = array.astype(np.float64)
        yield Compared(got, case.expected[place], case, names)


def _holding(found: Sequence[Compared], topic: Topic, question: CodeQuestion) -> Iterator[str]:
    """Say what holds on all cases that can tell, and on two at least."""
    for relation, words in every_relation(topic, question, len(found[0].names)):
        told = _told(relation, found)
        common = _common(told) if len(told) >= LEAST_CASES else None
        if common is not None:
            yield words(common) + f", on {_counted(len(told))}"


def _told(relation: Relation, found: Sequence[Compared]) -> list[Any]:
    """Return what a relation says of the cases that can tell; nothing where it does not hold on one of them."""
    told: list[Any] = []
    for one in found:
        key = relation(one)
        if key is None:
            return []
        if key is not CANNOT_TELL:
            told.append(key)
    return told


def _common(told: Sequence[Any]) -> Any:
    """Return what a relation says of all cases alike; None where it does not. Of several statements the first."""
    if isinstance(told[0], frozenset):
        both = frozenset.intersection(*(one or frozenset() for one in told))
        return min(both)[1] if both else None
    return told[0] if all(_alike(one, told[0]) for one in told) else None


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= EQUAL * max(abs(one), abs(other))
    return one == other


def _counted(count: int) -> str:
    return "both inputs that can tell" if count == 2 else f"all {count} inputs that can tell"
