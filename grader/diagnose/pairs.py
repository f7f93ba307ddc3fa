"""Two mistakes at once, for answers that one does not explain.

All pairs are run on one case only, the question's screen; what agrees there is run on every case. Two mistakes
make a pair where they replace different steps. Where there are too many pairs, those with a mistake of the
question's own are tried, then those of two such: what goes wrong further down is found there, and handed up.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from grader.diagnose.catalogue import combine, with_mistakes
from grader.diagnose.kept import CODE, Kept, read, write
from grader.diagnose.known import EQUAL, Known, one_row, settled
from grader.diagnose.signature import Signature, evaluate
from grader.diagnose.table import Table
from grader.engine import engine_digest
from grader.model.key import KeyedCase
from grader.model.mistake import Mistake
from grader.model.question import Topic

__all__ = ["Made", "Several", "Verified", "all_pairs", "with_more"]

MOST_PAIRS = 20_000
MOST_VERIFIED = 60

Made = tuple[Mistake, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Verified:
    """Mistakes that together give what came back, and how far off the nearest others are."""

    made: tuple[Made, ...]  # each explains it, all alike
    gives: Signature
    gap: float  # how far what came back is off
    nearest: float


class Several:
    """Combinations of mistakes, and what a question gives under each on its screening case."""

    def __init__(self, topic: Topic, known: Known, made: Sequence[Made], kept: Kept) -> None:
        self._topic, self._known, self._made = topic, known, made
        self._whole: dict[int, Signature] = {}
        self._tables = {
            words: Table(words, rows, numbers, is_elementwise=known.question.elementwise)
            for words, rows, numbers, _ in kept
        }

    @property
    def made(self) -> Sequence[Made]:
        """All combinations; a table's rows are places in it."""
        return self._made

    @property
    def tables(self) -> tuple[Table, ...]:
        """What they give on the screening case, by words."""
        return tuple(self._tables.values())

    def search(self, got: Signature, tolerance: float) -> Verified | None:
        """Return the combinations that give what came back on every case; None where none does."""
        results = len(self._known.question.results)
        first = self._known.screen * results
        part, numbers = got.part(slice(first, first + results))
        table = self._tables.get(part)
        if table is None:
            return None
        near = table.near(numbers, tolerance)
        tried = {place: self._gap(int(table.rows[place]), got) for place, _ in near[:MOST_VERIFIED]}
        right = [place for place, gap in tried.items() if gap <= tolerance]
        if not right:
            return None
        best = min(right, key=lambda place: (tried[place], table.rows[place]))
        gives = self._gives(int(table.rows[best]))
        alike = {place for place in right if self._gap(int(table.rows[place]), gives) <= EQUAL}
        other = min((tried[place] for place in tried if place not in alike), default=float("inf"))
        nearest = table.nearest(numbers, tried)
        ordered = sorted(int(table.rows[place]) for place in alike)
        return Verified(tuple(self._made[row] for row in ordered), gives, tried[best], min(other, nearest))

    def _gap(self, row: int, got: Signature) -> float:
        gives = self._gives(row)
        if gives.words != got.words:
            return float("inf")
        return one_row(gives, is_elementwise=self._known.question.elementwise).gap(got.numbers)

    def _gives(self, row: int) -> Signature:
        if row not in self._whole:
            self._whole[row] = _run(self._topic, self._known, self._made[row], self._known.cases)
        return self._whole[row]


def all_pairs(topic: Topic, known: Known, below: frozenset[str], digest: str, cache: Path | None) -> Several:
    """Return the pairs of a question, from the folder ``cache`` where they are there already."""
    return _kept(topic, known, _pairs(known, below), ["pairs", digest], cache)


def with_more(
    topic: Topic, known: Known, below: Made, own: Sequence[Mistake], digest: str, cache: Path | None
) -> Several:
    """Return mistakes that are known to be made already, alone and with each one more; kept like all pairs."""
    more = [(*below, one) for one in own if all(combine(one, other) for other in below)]
    return _kept(topic, known, [below, *more], ["more", digest, *(one.id for one in below)], cache)


def _kept(topic: Topic, known: Known, made: Sequence[Made], names: list[str], cache: Path | None) -> Several:
    """Return combinations with what they give on the screen, from a file where it is there already."""
    names += [engine_digest(*CODE), known.question.id, str(known.screen), *(case.name for case in known.cases)]
    name = hashlib.sha256(json.dumps(names).encode()).hexdigest()
    file = cache / f"{name[:40]}.pairs" if cache is not None and topic.digest else None
    kept = read(file, name) if file is not None else None
    if kept is None:
        kept = _screened(topic, known, made)
        if file is not None:
            write(file, name, kept)
    return Several(topic, known, made, kept)


def _pairs(known: Known, below: frozenset[str]) -> list[Made]:
    own_ids = {one.id for one in known.own(below)}
    own = np.array([one.id in own_ids for one in known.mistakes], np.int64)
    names = {one.replaces: number for number, one in enumerate(known.mistakes)}
    steps = np.array([names[one.replaces] for one in known.mistakes])
    first, second = np.triu_indices(len(own), 1)
    many = own[first] + own[second]
    many[steps[first] == steps[second]] = -1  # as ``combine`` has it, for tens of thousands of pairs at once
    chosen = np.flatnonzero(many >= 0)
    for least in (1, 2):
        if len(chosen) > MOST_PAIRS:
            chosen = np.flatnonzero(many >= least)
    chosen = chosen[:MOST_PAIRS]
    made = known.mistakes
    return [(made[i], made[j]) for i, j in zip(first[chosen].tolist(), second[chosen].tolist(), strict=True)]


def _screened(topic: Topic, known: Known, made: Sequence[Made]) -> Kept:
    """Run combinations on the screening case, and sort what comes out by its words."""
    found: dict[tuple[str, ...], tuple[list[int], list[np.ndarray]]] = {}
    case = (known.cases[known.screen],)
    for row, mistakes in enumerate(made):
        gives = _run(topic, known, mistakes, case)
        rows, numbers = found.setdefault(gives.words, ([], []))
        rows.append(row)
        numbers.append(gives.numbers)
    return [(words, np.array(rows), np.stack(numbers), np.zeros(0)) for words, (rows, numbers) in found.items()]


def _run(topic: Topic, known: Known, mistakes: Made, cases: Sequence[KeyedCase]) -> Signature:
    function = with_mistakes(topic.reference, mistakes, known.question.function)
    return settled(evaluate(function, cases, len(known.question.results)), cases)
