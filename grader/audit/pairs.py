"""Of two mistakes made at once: how many of the pairs behave like nothing else that is known.

Diagnosis holds all pairs against an answer on one case of a question, its screen. What is alike there is counted
here: pairs with each other, with a single mistake, with the right answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.diagnose.known import EQUAL, Known, restricted
from grader.diagnose.pairs import Several
from grader.diagnose.table import Table

__all__ = ["PairCount", "count_pairs"]

DIRECTION = 1  # the seed of the direction along which behaviours are sorted
NEAR = 1e-7
SHOWN = 200


@dataclass(frozen=True, slots=True)
class PairCount:
    """What was counted for one question. ``groups`` are the first of those that are alike, by ids."""

    question: str
    case: str
    pairs: int
    alone: int  # like no other pair, no single mistake, and not right
    right: int  # two mistakes that give the right answer together
    single: int  # like one mistake
    groups: tuple[tuple[tuple[str, ...], ...], ...] = ()

    @property
    def share(self) -> float:
        """How many of the pairs behave like nothing else that is known."""
        return self.alone / self.pairs if self.pairs else 1.0

    def to_json(self) -> dict[str, Any]:
        """Return the count as JSON has it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @classmethod
    def of_json(cls, said: Mapping[str, Any]) -> "PairCount":
        """Return the count that JSON holds."""
        groups = tuple(tuple(tuple(pair) for pair in group) for group in said["groups"])
        question, case, *counts = (said[name] for name in cls.__dataclass_fields__ if name != "groups")
        pairs, alone, right, single = counts
        return cls(question, case, pairs, alone, right, single, groups)


def count_pairs(known: Known, several: Several) -> PairCount:
    """Count the pairs of a question by what they are alike with, on its screening case."""
    screen = restricted(known, [known.screen])
    case = known.cases[known.screen].name
    alone = right = single = 0
    groups: list[tuple[tuple[str, ...], ...]] = []
    for table in several.tables:
        ones = screen.table(table.words)
        for members in _alike(table):
            numbers = table.numbers[members[0]]
            is_right = table.words == screen.truth.words and screen.truth.gap(numbers) <= EQUAL
            is_single = ones is not None and bool(ones.near(numbers, EQUAL))
            right += len(members) * is_right
            single += len(members) * (is_single and not is_right)
            alone += len(members) == 1 and not is_right and not is_single
            if len(members) > 1 and len(groups) < SHOWN:
                groups.append(tuple(tuple(one.id for one in several.made[int(table.rows[k])]) for k in members))
    return PairCount(known.question.id, case, len(several.made), alone, right, single, tuple(groups))


def _alike(table: Table) -> list[list[int]]:
    """Return the rows of a table in groups that agree everywhere: along any one direction they lie together."""
    along = _along(table.numbers)
    groups: list[list[int]] = []
    near: list[tuple[float, list[int]]] = []  # groups whose first row is near enough to be compared
    for place in np.argsort(along, kind="stable").tolist():
        near = [one for one in near if along[place] - one[0] <= NEAR]
        for _, members in near:
            if table.gap(table.numbers[place], members[0]) <= EQUAL:
                members.append(place)
                break
        else:
            groups.append([place])
            near.append((float(along[place]), groups[-1]))
    return groups


def _along(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return one number for each row: rows that agree to 1e-9 differ by less than ``NEAR``."""
    if not numbers.shape[1]:
        return np.zeros(len(numbers))
    finite = np.where(np.isfinite(numbers), numbers, 0.0)
    sizes = np.abs(finite).max(axis=1, keepdims=True)
    direction = np.random.Generator(np.random.PCG64(DIRECTION)).uniform(-1, 1, numbers.shape[1])
    return (finite / np.where(sizes > 0, sizes, 1.0)) @ (direction / np.abs(direction).sum())
