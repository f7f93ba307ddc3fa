"""The known answers of one question: what it gives under each known mistake, worked out once and kept in a file.

Only mistakes that change what the question gives on its coarse cases count: those on which its values are held
against a plain tolerance. Whether digits are lost at the ends of the range depends on how a formula is written,
and not on which mistake it holds.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import CodeType, FunctionType

import numpy as np
from numpy.typing import NDArray

from grader.diagnose.catalogue import with_mistakes
from grader.diagnose.kept import CODE, Kept, read, write
from grader.diagnose.signature import Signature, evaluate, of_truth
from grader.diagnose.table import Table, sizes_of
from grader.engine import engine_digest
from grader.model.key import KeyedCase
from grader.model.mistake import Mistake
from grader.model.question import CodeQuestion, RuleKind, Topic

__all__ = [
    "EQUAL",
    "Known",
    "coarse",
    "known_answers",
    "one_row",
    "reaches",
    "restricted",
    "screened_where",
    "settled",
]

EQUAL = 1e-9  # normwise: nearer than this two behaviours are the same
SCREEN = 20  # numbers that a screening case should have at least


@dataclass(slots=True, eq=False)
class Known:
    """Every mistake that changes a question, and tables of what it gives then."""

    question: CodeQuestion
    cases: tuple[KeyedCase, ...]  # the coarse ones
    every: tuple[Mistake, ...]  # of the topic; a table's rows are places in it
    mistakes: tuple[Mistake, ...]  # those that change the question
    truth: Table  # one row
    tables: tuple[Table, ...]
    screen: int  # which case tells most, cheaply

    def own(self, below: frozenset[str]) -> tuple[Mistake, ...]:
        """Return the mistakes that are this question's: their steps are not among those ``below`` it."""
        return tuple(one for one in self.mistakes if one.replaces not in below)

    def table(self, words: tuple[str, ...]) -> Table | None:
        """Return the behaviours with these words."""
        return next((table for table in self.tables if table.words == words), None)


def restricted(known: Known, keep: Sequence[int]) -> Known:
    """Return the known answers on some of the cases only, without the mistakes that change nothing there."""
    results = len(known.question.results)
    pieces = [case * results + one for case in keep for one in range(results)]
    truth = _part(known.truth, pieces)
    merged: dict[tuple[str, ...], list[tuple[NDArray[np.int64], NDArray[np.float64]]]] = {}
    for table in known.tables:
        part = _part(table, pieces)
        changed = np.ones(len(part.rows), bool)
        if part.words == truth.words:
            changed = part.gaps(truth.numbers[0], np.arange(len(part.rows))).max(axis=1, initial=0.0) > EQUAL
        if changed.any():
            merged.setdefault(part.words, []).append((part.rows[changed], part.numbers[changed]))
    tables = tuple(
        Table(
            words,
            np.concatenate([rows for rows, _ in some]),
            np.concatenate([numbers for _, numbers in some]),
            is_elementwise=truth.is_elementwise,
        )
        for words, some in merged.items()
    )
    return replace(known, cases=tuple(known.cases[case] for case in keep), truth=truth, tables=tables, screen=0)


def _part(table: Table, pieces: Sequence[int]) -> Table:
    ends = np.cumsum([0, *sizes_of(table.words)])
    places = np.concatenate([np.arange(ends[one], ends[one + 1]) for one in pieces])
    words = tuple(table.words[one] for one in pieces)
    return Table(words, table.rows, table.numbers[:, places], is_elementwise=table.is_elementwise)


def coarse(question: CodeQuestion, cases: Sequence[KeyedCase]) -> tuple[KeyedCase, ...]:
    """Return the cases on which values are held against a plain tolerance."""
    kinds = (RuleKind.ABSOLUTE, RuleKind.NORMWISE)
    names = {name for one in question.checks if one.rule and one.rule.kind in kinds for name in one.cases}
    return tuple(case for case in cases if case.name in names) or tuple(cases)


def known_answers(
    topic: Topic, question: CodeQuestion, cases: Sequence[KeyedCase], digest: str, cache: Path | None
) -> Known:
    """Return the known answers of a question, from the folder ``cache`` where they are there already.

    ``digest`` is the answer key's. A file that is damaged or cannot be written is no file.
    """
    chosen = coarse(question, cases)
    names = json.dumps([digest, engine_digest(*CODE), question.id, [case.name for case in chosen]])
    name = hashlib.sha256(names.encode()).hexdigest()
    file = cache / f"{name[:40]}.known" if cache is not None and topic.digest else None
    kept = read(file, name) if file is not None else None
    if kept is None:
        kept = _prepare(topic, question, chosen)
        if file is not None:
            write(file, name, kept)
    return _laid_out(topic, question, chosen, kept)


def reaches(topic: Topic, function: str) -> frozenset[str]:
    """Return the steps that a function of the reference uses, itself included, however far down."""
    found: set[str] = set()
    pending = [function]
    while pending:
        name = pending.pop()
        step = topic.reference.get(name)
        if step is None or name in found:
            continue
        found.add(name)
        if isinstance(step, FunctionType):
            pending += _names(step.__code__)
    return frozenset(found)


def _names(code: CodeType) -> set[str]:
    inner = [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    return set(code.co_names).union(*(_names(one) for one in inner))


def _prepare(topic: Topic, question: CodeQuestion, cases: tuple[KeyedCase, ...]) -> Kept:
    """Run every mistake that may matter, and sort what comes out by its words."""
    steps = reaches(topic, question.function)
    truth = of_truth(cases)
    right = _truth_table(question, truth)
    found: dict[tuple[str, ...], tuple[list[int], list[NDArray[np.float64]]]] = {}
    for row, mistake in enumerate(topic.mistakes):
        if mistake.replaces not in steps:
            continue
        function = with_mistakes(topic.reference, [mistake], question.function)
        gives = settled(evaluate(function, cases, len(question.results)), cases)
        if gives.words == truth.words and right.gap(gives.numbers) <= EQUAL:
            continue
        rows, numbers = found.setdefault(gives.words, ([], []))
        rows.append(row)
        numbers.append(gives.numbers)
    kept: Kept = []
    for words, (rows, numbers) in found.items():
        table = _table(question, cases, words, np.array(rows), np.stack(numbers))
        nearest = [table.alike(place, EQUAL)[1] for place in range(len(rows))]
        kept.append((words, table.rows, table.numbers, np.array(nearest)))
    return kept


def _table(
    question: CodeQuestion,
    cases: tuple[KeyedCase, ...],
    words: tuple[str, ...],
    rows: NDArray[np.int64],
    numbers: NDArray[np.float64],
    nearest: NDArray[np.float64] | None = None,
) -> Table:
    """Make a table with the pieces of one case as its screen."""
    screen, results = _screen(cases), len(question.results)
    part = slice(screen * results, (screen + 1) * results)
    return Table(words, rows, numbers, part, nearest, is_elementwise=question.elementwise)


def settled(gives: Signature, cases: Sequence[KeyedCase]) -> Signature:
    """Take any value that the question accepts for the one of the reference."""
    expected = [one for case in cases for one in case.expected]
    if not any((one.low < one.high).any() for one in expected):
        return gives
    if sizes_of(gives.words) != [one.nearest.size for one in expected]:
        return gives
    nearest, low, high = (
        np.concatenate([getattr(one, name).ravel() for one in expected]) for name in ("nearest", "low", "high")
    )
    with np.errstate(all="ignore"):
        free = (low < high) & (gives.numbers >= low) & (gives.numbers <= high)
    return Signature(gives.words, np.where(free, nearest, gives.numbers), gives.is_single)


def one_row(gives: Signature, *, is_elementwise: bool) -> Table:
    """Return a table of one behaviour."""
    return Table(gives.words, np.zeros(1, np.int64), gives.numbers[None, :], is_elementwise=is_elementwise)


def _truth_table(question: CodeQuestion, truth: Signature) -> Table:
    return one_row(truth, is_elementwise=question.elementwise)


def _laid_out(topic: Topic, question: CodeQuestion, cases: tuple[KeyedCase, ...], kept: Kept) -> Known:
    """Make the tables."""
    tables = tuple(_table(question, cases, *one) for one in kept)
    changing = sorted(int(row) for table in tables for row in table.rows)
    truth = _truth_table(question, of_truth(cases))
    mistakes = tuple(topic.mistakes[row] for row in changing)
    return Known(question, cases, topic.mistakes, mistakes, truth, tables, _screen(cases))


def screened_where(known: Known, got: Signature) -> Known:
    """Return the known answers with a screen on which ``got`` has numbers."""
    results = len(known.question.results)
    filled = [
        all(size > 0 for size in sizes_of(got.words[k * results : (k + 1) * results]))
        for k in range(len(known.cases))
    ]
    if filled[known.screen] or not any(filled):
        return known
    sizes = [
        sum(one.nearest.size for one in case.expected) * full
        for case, full in zip(known.cases, filled, strict=True)
    ]
    enough = [place for place, size in enumerate(sizes) if size >= min(SCREEN, max(sizes)) and filled[place]]
    return replace(known, screen=min(enough, key=lambda place: sizes[place]))


def _screen(cases: Sequence[KeyedCase]) -> int:
    """Choose the smallest case that has enough numbers to tell behaviours apart."""
    sizes = [sum(one.nearest.size for one in case.expected) for case in cases]
    inputs = [sum(one.value.size for one in case.arguments) for case in cases]
    enough = [place for place, size in enumerate(sizes) if size >= min(SCREEN, max(sizes))]
    several = [p for p in enough if all(min(one.nearest.shape, default=2) > 1 for one in cases[p].expected)]
    return min(several or enough, key=lambda place: inputs[place])
