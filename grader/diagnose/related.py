"""The relations that are tried between an answer and the right one, each on one result of one case.

A relation returns what it says of the case: a key that has to be the same on all, or a set of statements with
their ranks, of which the first is told that is true of all. None says that it does not hold.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from typing import Any

import numpy as np

from grader.diagnose.compared import CANNOT_TELL, EQUAL, Compared, Relation, apart
from grader.diagnose.signature import is_short
from grader.model.question import CodeQuestion, Topic

__all__ = ["every_relation"]

NEARLY = 1e-5  # of each number: 5 digits
SEVEN_DIGITS = 5e-7
LEAST_NUMBERS = 3  # of a tensor, to speak of a factor
FACTOR = re.compile(r"(\d+)\s*\*?\s*[A-Za-z]\w*")


def every_relation(
    topic: Topic, question: CodeQuestion, axes: int
) -> Iterator[tuple[Relation, Callable[[Any], str]]]:
    """Name the relations, those that say most first."""
    yield _constant, _constant_words
    yield _given, lambda what: what
    yield _single, lambda _: "right to the 7 digits of single precision, where 16 are wanted"
    yield _nearly, lambda what: what
    yield _negated, lambda _: "every number has the wrong sign"
    yield _axes, lambda order: f"the numbers are right and the axes are in another order {order}"
    yield _beside, lambda name: f"these are the numbers of `{question.results[name]}`"
    for other in _siblings(topic, question):
        yield _values_of(topic, other), lambda _, other=other: f"these are the values of `{other}`"
    yield (
        _cut,
        lambda c: f"cut off: right where less than {c:.6g} in size is wanted, elsewhere {c:.6g} or -{c:.6g}",
    )
    yield _scaled, lambda factor: f"every number is {factor:.6g} times what is wanted"
    yield _divided, lambda name: f"every number is divided by {name}"
    yield _moved, lambda by: f"every number is {abs(by):.6g} too {'large' if by > 0 else 'small'}"
    for axis in range(axes):
        yield _order(axis), lambda what: what
    for axis in range(axes):
        yield _part(axis), lambda what: what
    yield _blocks, lambda right: f"of its blocks of columns only {right} right"
    if question.elementwise:
        yield _sides, lambda what: what


def _constant(one: Compared) -> Any:
    first = float(one.came.flat[0])
    same = np.isnan(one.came) if np.isnan(first) else one.came == first
    return repr(first + 0.0) if same.all() else None  # -0.0 is 0


def _constant_words(told: str) -> str:
    words = f"every number that came back is {float(told):.6g}"
    return words + (", as where something is still to be written" if float(told) == 0 else "")


def _given(one: Compared) -> Any:
    """Find the argument that came back as it is, or once for each step of an axis in front."""
    found: set[tuple[int, str]] = set()
    for place, argument in enumerate(one.case.arguments):
        value = argument.value.astype(np.float64)
        often = one.came.shape[1:] == value.shape and one.came.ndim > value.ndim
        if (often or one.came.shape == value.shape) and not apart(one.came, value).any():
            how = "unchanged, over and over along axis 0" if often else "unchanged"
            found.add((place, f"this is the argument `{argument.name}`, {how}"))
    return frozenset(found) or None


def _single(one: Compared) -> Any:
    if one.got.shape != one.wanted.shape or not is_short(one.got):
        return None
    if (one.off <= SEVEN_DIGITS * np.abs(one.wanted)).all():
        return True if one.got.size >= LEAST_NUMBERS else CANNOT_TELL
    return None


def _nearly(one: Compared) -> Any:
    """Say how near an answer is: digits are of each number, decimals are not, and large numbers have neither."""
    if not one.same(one.got, one.wanted, NEARLY):
        return None
    said = {(2, "off by 0.00001 of the largest number beside it at most")}
    if (one.off <= NEARLY * np.abs(one.wanted)).all():
        said.add((0, "right to 5 digits at least, and not to 9"))
    if (one.off <= NEARLY).all() and one.off.max() > EQUAL:
        said.add((1, "right to 5 decimals at least, and not to 9"))
    return frozenset(said)


def _negated(one: Compared) -> Any:
    return True if one.same(-one.got, one.wanted) else None


def _axes(one: Compared) -> Any:
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


def _beside(one: Compared) -> Any:
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
    def relation(one: Compared) -> Any:
        arguments = [argument.value.astype(np.float64) for argument in one.case.arguments]
        with np.errstate(all="ignore"):
            other = np.asarray(topic.reference[function](*arguments), np.float64)
        return True if one.same(one.got, other) else None

    return relation


def _cut(one: Compared) -> Any:
    """Find the size above which all numbers are cut off, as gradients are clipped."""
    if one.wanted.size < LEAST_NUMBERS:
        return CANNOT_TELL
    most = float(np.abs(one.got).max())
    if one.got.shape != one.wanted.shape or not np.isfinite(most) or not most:
        return None
    near = apart(one.got, np.clip(one.wanted, -most, most)) <= EQUAL * most
    return most if near.all() else None


def _factor(one: Compared) -> float | None:
    """Return the factor between got and wanted, where there is one."""
    if one.got.shape != one.wanted.shape:
        return None
    at = np.unravel_index(int(np.abs(np.nan_to_num(one.wanted)).argmax()), one.wanted.shape)
    if not np.isfinite(one.wanted[at]) or one.wanted[at] == 0 or not np.isfinite(one.got[at]) or one.got[at] == 0:
        return None
    factor = float(one.got[at] / one.wanted[at])
    return factor if one.same(one.got / factor, one.wanted) else None


def _scaled(one: Compared) -> Any:
    return CANNOT_TELL if one.wanted.size < LEAST_NUMBERS else _factor(one)


def _divided(one: Compared) -> Any:
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


def _moved(one: Compared) -> Any:
    if one.wanted.size < LEAST_NUMBERS:
        return CANNOT_TELL
    if one.got.shape != one.wanted.shape:
        return None
    with np.errstate(all="ignore"):
        by = float((one.got - one.wanted).flat[0])
    return round(by, 9) if np.isfinite(by) and by and one.same(one.got - by, one.wanted) else None


def _order(axis: int) -> Relation:
    """Find an order along one axis: reversed, one late, one early."""

    def relation(one: Compared) -> Any:
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

    def relation(one: Compared) -> Any:
        if one.got.shape != one.wanted.shape:
            return None
        if one.wanted.shape[axis] < 2:
            return CANNOT_TELL
        got, wanted = np.moveaxis(one.got, axis, 0), np.moveaxis(one.wanted, axis, 0)
        right = [one.same(part, other) for part, other in zip(got, wanted, strict=True)]
        if not any(right) or all(right):  # all are right where only their sizes beside each other were not
            return None
        return _places(right, ":, " * axis, f"along {one.names[axis]} (axis {axis})")

    return relation


def _places(right: Sequence[bool], at: str, along: str) -> frozenset[tuple[int, str]] | None:
    """Say where something is right along an axis, in every way that is true."""
    first, last = right.index(False), len(right) - right[::-1].index(False)
    said: list[tuple[int, str]] = []
    if all(right[1:]):
        said.append((0, f"right except at the first place {along}, `[{at}0]`"))
    if all(right[:-1]):
        said.append((1, f"right except at the last place {along}, `[{at}-1]`"))
    if first == 1 and not any(right[1:]):
        said.append((2, f"right at the first place {along} only, `[{at}0]`"))
    elif first and not any(right[first:]):
        said.append((2, f"{along} right up to `[{at}{first - 1}]`, and wrong from `[{at}{first}]` on"))
    if last == len(right) - 1 and not any(right[:last]):
        said.append((3, f"right at the last place {along} only, `[{at}-1]`"))
    elif last < len(right) and not any(right[:last]):
        said.append((3, f"{along} right from `[{at}{last - len(right)}]` on, and wrong before"))
    return frozenset(said) or None


def _blocks(one: Compared) -> Any:
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


def _sides(one: Compared) -> Any:
    """Find the numbers, by their sign, for which an elementwise function is right."""
    x = one.case.arguments[0].value
    if one.got.shape != one.wanted.shape or x.shape != one.got.shape or x.dtype.kind != "f":
        return None
    places = {"where x > 0": x > 0, "where x < 0": x < 0, "at x = 0": x == 0, "elsewhere": np.isnan(x)}
    there = {words: where for words, where in places.items() if where.any()}
    if len(there) < 2:
        return CANNOT_TELL
    off = one.off > EQUAL * one.size
    wrong = [words for words, where in there.items() if off[where].any()]
    if wrong == ["at x = 0"]:
        return frozenset({(0, "right except at x = 0")})
    sides = [words for words in there if words in ("where x > 0", "where x < 0")]
    main, rest = [words for words in sides if words not in wrong], [words for words in sides if words in wrong]
    if len(main) != 1 or len(rest) != 1:
        return None
    said = {(1, f"right {main[0]}, and not right everywhere {rest[0]}")}
    if off[there[rest[0]]].all():
        said.add((0, f"right {main[0]}, and wrong {rest[0]}"))
    return frozenset(said)
