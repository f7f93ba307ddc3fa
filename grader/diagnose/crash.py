"""Which known mistake an answer is that raises errors on some cases and is right on all others.

There are no wrong numbers to compare, so the errors themselves must say enough: of a kind that is known, and with
the lengths that do not fit, which change from case to case. The words of NumPy differ from one way of writing a
product to another; the lengths do not.
"""

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from grader.diagnose.catalogue import with_mistakes
from grader.diagnose.known import EQUAL, Known, one_row
from grader.diagnose.signature import Signature
from grader.diagnose.table import sizes_of
from grader.model.key import KeyedCase
from grader.model.mistake import Mistake
from grader.model.outcome import Raised
from grader.model.question import Topic

__all__ = ["Crashes", "crash_kind"]

LEAST_CRASHES = 3  # cases that raise, in the same way as the mistake does

BARE = "index of a list"  # says so little that it only counts beside others
LENGTHS = re.compile(
    r"size (\d+) is different from (\d+)"  # a @ b
    r"|not aligned: (\d+) \(dim \d+\) != (\d+)"  # np.dot
    r"|has size (\d+) and the array at index \d+ has size (\d+)"  # np.concatenate
)
INDEX = re.compile(r"index (-?\d+) is out of bounds for axis \d+ with size (\d+)")
SHAPES = re.compile(r"could not be broadcast together with (?:remapped )?shapes ((?:\(\d*(?:,\d*)*\)\s*)+)")
TRUTH = re.compile(r"The truth value of an (?:array|empty array)")


def crash_kind(type_name: str, text: str) -> str:
    """Return what an error says of the code, in words of ours: kind and lengths; empty where it says little."""
    if type_name == "ValueError" and TRUTH.match(text):
        return "truth of an array"
    if type_name == "IndexError" and (found := INDEX.search(text)):
        return f"index {found[1]} of {found[2]}"
    if type_name == "IndexError" and text == "list index out of range":
        return BARE
    if type_name == "ValueError" and (found := LENGTHS.search(text)):
        return f"lengths {_both(int(one) for one in found.groups() if one)}"
    if type_name == "ValueError" and (found := SHAPES.search(text)):
        clash = _clash(found[1])
        return f"lengths {clash}" if clash else ""
    return ""


def _both(lengths: Any) -> str:
    return " and ".join(str(one) for one in sorted(set(lengths)))


def _clash(text: str) -> str:
    """Return the lengths of the last axis on which shapes do not fit."""
    shapes = [[int(one) for one in re.findall(r"\d+", shape)] for shape in re.findall(r"\(([\d,]*)\)", text)]
    for place in range(1, max(map(len, shapes)) + 1):
        lengths = {shape[-place] for shape in shapes if len(shape) >= place} - {1}
        if len(lengths) > 1:
            return _both(lengths)
    return ""


class Crashes:
    """The known mistakes of a question that give no wrong number anywhere: errors, and right answers."""

    def __init__(self, topic: Topic, known: Known) -> None:
        self._topic, self._known = topic, known

    def match(self, got: Signature, errors: Sequence[Raised | None]) -> tuple[tuple[Mistake, ...], str] | None:
        """Return the mistakes that raise these errors case by case, and the evidence; None where none does."""
        kinds = tuple("" if one is None else crash_kind(one.type, one.text) for one in errors)
        crashed = sum(one is not None for one in errors)
        telling = sum(kind not in ("", BARE) for kind in kinds)
        if telling < LEAST_CRASHES or sum(map(bool, kinds)) < crashed or not self._is_right_elsewhere(got):
            return None
        alike = tuple(one for one, raises in self._profiles if raises == kinds)
        if not alike:
            return None
        return alike, (
            f"raises the same error as this mistake on {crashed} of {len(kinds)} inputs, and is right on the "
            f"others; no other known mistake does"
        )

    @cached_property
    def _profiles(self) -> list[tuple[Mistake, tuple[str, ...]]]:
        """Which kind of error each mistake raises on each case; those that give wrong numbers are left out."""
        found: list[tuple[Mistake, tuple[str, ...]]] = []
        for table in self._known.tables:
            if any(word.startswith("raised") for word in table.words):
                for row, numbers in zip(table.rows, table.numbers, strict=True):
                    if self._is_right_elsewhere(Signature(table.words, numbers)):
                        mistake = self._known.every[int(row)]
                        found.append((mistake, self._raises(mistake)))
        return found

    def _raises(self, mistake: Mistake) -> tuple[str, ...]:
        function = with_mistakes(self._topic.reference, [mistake], self._known.question.function)
        with np.errstate(all="ignore"):
            return tuple(_raised(function, case) for case in self._known.cases)

    def _is_right_elsewhere(self, got: Signature) -> bool:
        """Whether all that came back is right, numbers among it; of one number the shape does not count."""
        truth = Signature(self._known.truth.words, self._known.truth.numbers[0])
        places = [place for place, word in enumerate(got.words) if not word.startswith("raised")]
        part, wanted = got.pieces(places), truth.pieces(places)
        sizes = sizes_of(part.words)
        fits = all(
            word.startswith("(") and (word == other or size == 1)
            for word, other, size in zip(part.words, wanted.words, sizes, strict=True)
        )
        if not sum(sizes) or not fits or sizes != sizes_of(wanted.words):
            return False
        return one_row(wanted, is_elementwise=self._known.question.elementwise).gap(part.numbers) <= EQUAL


def _raised(function: Callable[..., Any], case: KeyedCase) -> str:
    try:
        function(*[argument.value.copy() for argument in case.arguments])
    except Exception as error:  # noqa: BLE001  a mistake may raise whatever it likes
        return crash_kind(type(error).__name__, str(error))
    return ""
