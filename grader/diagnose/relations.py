"""What holds between an answer and the right one where no known mistake explains it: facts, never guesses.

Each relation is tried on every case on which a result is wrong. It is told only where it holds on all that can
tell, on two at least, and in the same way on each: the same factor, the same place. The first that holds is told,
so they stand in the order of what says most.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.diagnose.signature import is_short
from grader.model.key import KeyedCase
from grader.model.outcome import Outcome, Status
from grader.model.question import CodeQuestion, Topic

__all__ = ["relations"]

EQUAL = 1e-9  # normwise
NEARLY = 1e-5
LEAST_CASES = 2
LEAST_NUMBERS = 3  # of a tensor, to speak of a factor
FACTOR = re.compile(r"(\d+)\s*\*?\s*[A-Za-z]\w*")

Numbers = NDArray[np.float64]
Shape = tuple[str | int, ...]
CANNOT_TELL = object()
"""What a relation returns for a case that says nothing of it, as one step says nothing of an order of steps."""


class _Case:
    """One result of one case: what came back, what was wanted, and all that stands beside it."""

    def __init__(
        self, got: Numbers, wanted: Numbers, beside: Sequence[Numbers], case: KeyedCase, names: Shape
    ) -> None:
        self.got, self.wanted, self.beside, self.case, self.names = got, wanted, beside, case, names
        finite = np.abs(wanted[np.isfinite(wanted)])
        self.size = float(finite.max(initial=0.0)) or 1.0

    def same(self, one: Numbers, other: Numbers, tolerance: float = EQUAL) -> bool:
        """Whether two arrays are equal, by the size of the whole result."""
        if one.shape != other.shape:
            return False
        with np.errstate(all="ignore"):
            apart = np.abs(one - other)
        apart = np.where((one == other) | (np.isnan(one) & np.isnan(other)), 0.0, apart)
        return bool((apart <= tolerance * self.size).all())  # never of nan

    @property
    def is_right(self) -> bool:
        """Whether the result is right as it is."""
        return self.same(self.got, self.wanted)


Relation = Callable[[_Case], Any]


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
) -> Iterator[_Case]:
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
        beside = [one.nearest for number, one in enumerate(case.expected) if number != place]
        yield _Case(got, case.expected[place].nearest, beside, case, names)


def _holding(found: Sequence[_Case], topic: Topic, question: CodeQuestion) -> Iterator[str]:
    """Say what holds on all cases that can tell, and on two at least."""
    for relation, words in _relations(topic, question, len(found[0].names)):
        told = _told(relation, found)
        common = _common(told) if len(told) >= LEAST_CASES else None
        if common is not None:
            yield words(common) + f", on {_counted(len(told))}"


def _told(relation: Relation, found: Sequence[_Case]) -> list[Any]:
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


def _relations(topic: Topic, question: CodeQuestion, axes: int) -> Iterator[tuple[Relation, Callable[[Any], str]]]:
    """Name the relations, those that say most first."""
    yield _single, lambda _: "right to the 7 digits of single precision, where 16 are wanted"
    yield _nearly, lambda _: "right to 5 digits at least, and not to 9"
    yield _negated, lambda _: "every number has the wrong sign"
    yield _axes, lambda order: f"the numbers are right and the axes are in another order {order}"
    yield _beside, lambda name: f"these are the numbers of `{question.results[name]}`"
    for other in _siblings(topic, question):
        yield _values_of(topic, other), lambda _, other=other: f"these are the values of `{other}`"
    yield _scaled, lambda factor: f"every number is {factor:.6g} times what is wanted"
    yield _divided, lambda name: f"every number is divided by {name}"
    yield _moved, lambda by: f"every number is {abs(by):.6g} too {'large' if by > 0 else 'small'}"
    for axis in range(axes):
        yield _order(axis), lambda what: f"{what}"
    for axis in range(axes):
        yield _part(axis), lambda what: f"{what}"
    yield _blocks, lambda right: f"of its blocks of columns only {right} right"
    if question.elementwise:
        yield _sides, lambda what: f"right {what}"


def _single(one: _Case) -> Any:
    if one.same(one.got, one.wanted, NEARLY) and is_short(one.got):
        return True if one.got.size >= LEAST_NUMBERS else CANNOT_TELL
    return None


def _nearly(one: _Case) -> Any:
    return True if one.same(one.got, one.wanted, NEARLY) else None


def _negated(one: _Case) -> Any:
    return True if one.same(-one.got, one.wanted) else None


def _axes(one: _Case) -> Any:
    """Find an order of axes in which the numbers are right."""
    if one.got.ndim != one.wanted.ndim or one.got.ndim < 2:
        return None
    if sorted(one.got.shape) == sorted(one.wanted.shape) and max(one.wanted.shape) == one.wanted.size:
        return CANNOT_TELL  # one row is its own column, but for the shape
    for order in permutations(range(one.wanted.ndim)):
        if order != tuple(sorted(order)) and one.same(one.got, one.wanted.transpose(order)):
            names = ", ".join(str(one.names[axis]) if one.names else str(axis) for axis in order)
            return f"({names})"
    return None


def _beside(one: _Case) -> Any:
    """Find the result that belongs elsewhere; its place in the question."""
    expected = [wanted.nearest for wanted in one.case.expected]
    for place, other in enumerate(expected):
        if other is not one.wanted and one.same(one.got, other) and not one.same(other, one.wanted):
            return place
    return None


def _siblings(topic: Topic, question: CodeQuestion) -> list[str]:
    """Return the topic's other functions of one number, its own derivative first."""
    if not question.elementwise:
        return []
    others = [one for one in topic.questions if one.elementwise and one.function != question.function]
    own = [one for one in others if one.gradient and one.gradient.of == question.function]
    return [one.function for one in (*own, *(one for one in others if one not in own))]


def _values_of(topic: Topic, function: str) -> Relation:
    def relation(one: _Case) -> Any:
        arguments = [argument.value.astype(np.float64) for argument in one.case.arguments]
        with np.errstate(all="ignore"):
            other = np.asarray(topic.reference[function](*arguments), np.float64)
        return True if one.same(one.got, other) else None

    return relation


def _factor(one: _Case) -> float | None:
    """Return the factor between got and wanted, where there is one."""
    if one.got.shape != one.wanted.shape:
        return None
    at = np.unravel_index(int(np.abs(np.nan_to_num(one.wanted)).argmax()), one.wanted.shape)
    if not np.isfinite(one.wanted[at]) or one.wanted[at] == 0 or not np.isfinite(one.got[at]) or one.got[at] == 0:
        return None
    factor = float(one.got[at] / one.wanted[at])
    return factor if one.same(one.got / factor, one.wanted) else None


def _scaled(one: _Case) -> Any:
    return CANNOT_TELL if one.wanted.size < LEAST_NUMBERS else _factor(one)


def _divided(one: _Case) -> Any:
    """Find the size that everything is divided by."""
    if one.wanted.size < LEAST_NUMBERS:
        return CANNOT_TELL
    factor = _factor(one)
    if factor is None:
        return None
    sizes = {argument.name: argument.value.shape for argument in one.case.arguments}
    fitting = frozenset(
        (place, f"the length of axis {axis} of `{name}`")
        for place, (name, shape) in enumerate(sizes.items())
        for axis, length in enumerate(shape)
        if length > 1 and abs(factor * length - 1) <= EQUAL
    )
    return fitting or None


def _moved(one: _Case) -> Any:
    if one.wanted.size < LEAST_NUMBERS:
        return CANNOT_TELL
    if one.got.shape != one.wanted.shape:
        return None
    with np.errstate(all="ignore"):
        by = float((one.got - one.wanted).flat[0])
    return round(by, 9) if np.isfinite(by) and by and one.same(one.got - by, one.wanted) else None


def _order(axis: int) -> Relation:
    """Find an order along one axis: reversed, one late, one early."""

    def relation(one: _Case) -> Any:
        if one.got.shape != one.wanted.shape:
            return None
        if one.wanted.shape[axis] < 2 or one.wanted.ndim < 3 or axis:
            return CANNOT_TELL
        got, wanted = np.moveaxis(one.got, axis, 0), np.moveaxis(one.wanted, axis, 0)
        name = one.names[axis] if one.names else axis
        if one.same(got[::-1], wanted):
            return f"in reverse order along {name}"
        if one.same(got[1:], wanted[:-1]):
            return f"one late along {name}: position t holds what belongs at t - 1"
        if one.same(got[:-1], wanted[1:]):
            return f"one early along {name}: position t holds what belongs at t + 1"
        return None

    return relation


def _part(axis: int) -> Relation:
    """Find positions along one axis at which all is right: all but the first, only the first, and so on."""

    def relation(one: _Case) -> Any:
        if one.got.shape != one.wanted.shape:
            return None
        if one.wanted.shape[axis] < 2:
            return CANNOT_TELL
        got, wanted = np.moveaxis(one.got, axis, 0), np.moveaxis(one.wanted, axis, 0)
        right = [one.same(part, other) for part, other in zip(got, wanted, strict=True)]
        if not any(right) or all(right):  # all are right where only their sizes beside each other were not
            return None
        return _places(right, ":, " * axis)

    return relation


def _places(right: Sequence[bool], at: str) -> frozenset[tuple[int, str]] | None:
    """Say where something is right along an axis, in every way that is true."""
    first, last = right.index(False), len(right) - right[::-1].index(False)
    said: list[tuple[int, str]] = []
    if all(right[1:]):
        said.append((0, f"right except at `[{at}0]`"))
    if all(right[:-1]):
        said.append((1, f"right except at `[{at}-1]`"))
    if first and not any(right[first:]):
        said.append((2, f"right up to `[{at}{first - 1}]`, and wrong from `[{at}{first}]` on"))
    if last < len(right) and not any(right[:last]):
        said.append((3, f"right from `[{at}{last - len(right)}]` on, and wrong before"))
    return frozenset(said) or None


def _blocks(one: _Case) -> Any:
    """Find which blocks of the last axis are right, where the bank says that it has some."""
    match = FACTOR.fullmatch(str(one.names[-1])) if one.names else None
    if match is None or one.got.shape != one.wanted.shape:
        return None
    count = int(match[1])
    pairs = zip(np.split(one.got, count, axis=-1), np.split(one.wanted, count, axis=-1), strict=True)
    right = [str(number + 1) for number, (part, other) in enumerate(pairs) if one.same(part, other)]
    if not right or len(right) == count:
        return None
    if len(right) == 1:
        return f"number {right[0]} (of {count}) is"
    return f"numbers {', '.join(right[:-1])} and {right[-1]} (of {count}) are"


def _sides(one: _Case) -> Any:
    """Find the numbers, by their sign, for which an elementwise function is right."""
    x = one.case.arguments[0].value
    if one.got.shape != one.wanted.shape or x.shape != one.got.shape or x.dtype.kind != "f":
        return None
    sides = {"where x > 0": x > 0, "where x < 0": x < 0, "at x = 0": x == 0}
    there = {words: where for words, where in sides.items() if where.any()}
    right = [words for words, where in there.items() if one.same(one.got[where], one.wanted[where])]
    if len(there) < 2:
        return CANNOT_TELL
    wrong = [words for words in there if words not in right and words != "at x = 0"]
    main = [words for words in right if words != "at x = 0"]
    if len(main) == 1 and len(wrong) == 1:
        return f"{main[0]}, and wrong {wrong[0]}"
    return f"except {wrong[0] if wrong else 'at x = 0'}" if main and not wrong else None
