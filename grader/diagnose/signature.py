"""What a function gives on every case of a question: one run of numbers, and a word for each piece of it.

A piece is one result on one case. Its word is its shape where there are numbers, otherwise why there are none:
the exception's type, the count of results, or that it cannot be read as numbers. Two behaviours can be compared
number by number where their words are the same; otherwise they differ, however near the numbers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.diagnose.table import sizes_of
from grader.model.key import KeyedCase
from grader.model.outcome import Outcome, Status

__all__ = ["Signature", "evaluate", "is_short", "of_outcomes", "of_truth"]

MOST_NUMBERS = 1 << 20  # of one piece; what is larger is no answer to compare


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """A behaviour: the words of all pieces, and the numbers of those that have any, one after the other."""

    words: tuple[str, ...]
    numbers: NDArray[np.float64]
    is_single: bool = False  # some numbers came back in single precision, or look as if they had been

    def part(self, pieces: slice) -> tuple[tuple[str, ...], NDArray[np.float64]]:
        """Return the words and the numbers of some of the pieces."""
        ends = np.cumsum([0, *sizes_of(self.words)])
        return self.words[pieces], self.numbers[ends[pieces.start] : ends[pieces.stop]]

    def pieces(self, places: Sequence[int] | NDArray[np.int64]) -> "Signature":
        """Return the signature of some of the pieces."""
        ends = np.cumsum([0, *sizes_of(self.words)])
        numbers = [self.numbers[ends[one] : ends[one + 1]] for one in places]
        words = tuple(self.words[one] for one in places)
        return Signature(words, np.concatenate(numbers) if numbers else np.zeros(0), self.is_single)


Piece = tuple[str, NDArray[np.float64] | None]


def evaluate(function: Callable[..., Any], cases: Sequence[KeyedCase], results: int) -> Signature:
    """Run a function of the topic on every case; what it raises is part of the signature."""
    pieces: list[Piece] = []
    with np.errstate(all="ignore"):
        for case in cases:
            pieces += _call(function, case, results)
    return _joined(pieces)


def of_truth(cases: Sequence[KeyedCase]) -> Signature:
    """Return the signature of the right answer."""
    return _joined([_numbers(one.nearest) for case in cases for one in case.expected])


def of_outcomes(cases: Sequence[KeyedCase], outcomes: Mapping[str, Outcome], results: int) -> Signature | None:
    """Return the signature of what came back; None where a case has no outcome that says anything of the code."""
    pieces: list[Piece] = []
    by_result: list[list[NDArray[Any]]] = [[] for _ in range(results)]
    for case in cases:
        outcome = outcomes.get(case.name)
        if outcome is None or outcome.status not in (Status.PASSED, Status.ERROR):
            return None
        if outcome.status is Status.ERROR:
            pieces += _nothing(f"raised {outcome.raised.type if outcome.raised else ''}", results)
        elif len(outcome.values) != results:
            pieces += _nothing(f"count {outcome.count}", results)
        else:
            arrays = [value.array for value in outcome.values]
            pieces += [("type", None) if one is None else _numbers(one) for one in arrays]
            for place, one in enumerate(arrays):
                if one is not None and one.dtype.kind == "f":
                    by_result[place].append(one.ravel())
    return _joined(pieces, is_single=any(_looks_single(arrays) for arrays in by_result))


def _call(function: Callable[..., Any], case: KeyedCase, results: int) -> list[Piece]:
    arguments = [argument.value.copy() for argument in case.arguments]
    try:
        returned = function(*arguments)
    except Exception as error:  # noqa: BLE001  a mistake may raise whatever it likes
        return _nothing(f"raised {type(error).__name__}", results)
    if results == 1:
        return [_read(returned)]
    if not isinstance(returned, tuple | list | np.ndarray) or (
        isinstance(returned, np.ndarray) and not returned.ndim
    ):
        return _nothing(f"count {int(returned is not None)}", results)
    if len(returned) != results:
        return _nothing(f"count {len(returned)}", results)
    return [_read(one) for one in returned]


def _read(value: Any) -> Piece:
    try:
        return _numbers(np.asarray(value))
    except (ValueError, TypeError):  # ragged
        return "type", None


def _nothing(word: str, results: int) -> list[Piece]:
    return [(word, None)] * results


def _numbers(array: NDArray[Any]) -> Piece:
    if array.dtype.kind not in "biuf" or array.size > MOST_NUMBERS:
        return "type", None
    with np.errstate(all="ignore"):
        return str(array.shape), array.astype(np.float64).ravel()


def _looks_single(arrays: Sequence[NDArray[Any]]) -> bool:
    """Whether all that came back as one of the results has no more than float32's digits, and needs those."""
    if any(array.dtype.itemsize < 8 for array in arrays):
        return True
    for array in arrays:
        if array.size and not is_short(array[:1]):  # most are settled by their first number
            return False
    if not all(is_short(array) for array in arrays):
        return False
    # Few digits are no sign of float32: 0.5 and 12 are float32 numbers, too.
    return any((array[np.isfinite(array)] * 2**10 % 1 != 0).any() for array in arrays)


def is_short(array: NDArray[Any]) -> bool:
    """Whether float32 holds every number of an array."""
    with np.errstate(all="ignore"):
        return np.array_equal(array.astype(np.float32).astype(array.dtype), array, equal_nan=True)


def _joined(pieces: Sequence[Piece], *, is_single: bool = False) -> Signature:
    numbers = [one for _, one in pieces if one is not None]
    whole = np.concatenate(numbers) if numbers else np.zeros(0)
    return Signature(tuple(word for word, _ in pieces), whole, is_single)
