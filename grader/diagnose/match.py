"""Which known mistakes the outcomes of one question are: one before two, all that are alike, and never on a guess.

What came back agrees with a mistake where every number of every case does: to 1e-9 of the largest of its tensor,
or to 1e-4 where it was computed in single precision, or, last of all, to 1e-5 where a step of it may have been. It
is told where at least two cases tell the mistake from the right answer, one of them by numbers, and where every
other known mistake is clearly further away. Where no wrong number came back at all, errors must say enough by
themselves (``grader.diagnose.crash``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from grader.diagnose.crash import Crashes
from grader.diagnose.digits import Digits
from grader.diagnose.known import (
    EQUAL,
    Known,
    known_answers,
    one_row,
    reaches,
    restricted,
    screened_where,
    settled,
)
from grader.diagnose.pairs import Made, Several, Verified, all_pairs, with_more
from grader.diagnose.plain import is_plain
from grader.diagnose.signature import Signature, of_outcomes
from grader.model.key import KeyedCase
from grader.model.outcome import Outcome
from grader.model.question import CodeQuestion, Topic

__all__ = ["Finding", "Matcher"]

SINGLE = 1e-4
SINGLE_INSIDE = 1e-5  # where some step was single, and what came back is not
LEAST_TELLING = 2  # cases on which a mistake differs from the right answer
CLEARLY = 10  # how many tolerances further away the next mistake must be
VERY_CLEARLY = 1000  # how many times further away than the mistake itself it may be instead
SMALLEST = 1e-13
MOST_BELOW = 2  # mistakes that are handed up


@dataclass(frozen=True, slots=True)
class Finding:
    """What a question's outcomes were found to be. ``made`` are explanations that nothing tells apart, if any."""

    made: tuple[Made, ...] = ()
    evidence: str = ""
    nearest: float = 0.0  # how far the next known mistake is
    is_right: bool = False  # the values are right
    is_rough: bool = False  # what came back is this to single precision only

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all mistakes in all explanations."""
        return frozenset(one.id for made in self.made for one in made)


NOTHING = Finding()
RIGHT = Finding(is_right=True)


class Matcher:
    """Holds outcomes of one question against its known mistakes; everything is made when it is first needed."""

    def __init__(
        self, topic: Topic, question: CodeQuestion, cases: Sequence[KeyedCase], digest: str, cache: Path | None
    ) -> None:
        self._topic, self._question, self._cases = topic, question, tuple(cases)
        self._digest, self._cache = digest, cache
        self._known: Known | None = None
        self._below = frozenset[str]().union(*(reaches(topic, name) for name in question.depends))
        self._partial: dict[tuple[int, ...], Known] = {}
        self._several: dict[tuple[int | str, ...], Several] = {}
        self._pairs: dict[int, Several] = {}
        self._digits: Digits | None = None
        self._crashes: Crashes | None = None

    @property
    def known(self) -> Known:
        """The known answers of the question."""
        if self._known is None:
            self._known = known_answers(self._topic, self._question, self._cases, self._digest, self._cache)
        return self._known

    def match(
        self, outcomes: Mapping[str, Outcome], below: Sequence[Made] = (), *, is_alone: bool = True
    ) -> Finding:
        """Return what the outcomes are.

        ``below`` are explanations of what is wrong in the functions that this one builds on, the likeliest first;
        ``is_alone`` says that nothing is wrong there, whether it is explained or not.
        """
        known = self.known
        cases = tuple(case for case in known.cases if case.name in outcomes)
        if len(cases) < len(known.cases) or not known.mistakes:
            return NOTHING
        got = of_outcomes(cases, outcomes, len(self._question.results))
        if got is None:
            return NOTHING
        plain = is_plain(got, cases, len(self._question.results))
        got = settled(got, cases)
        found = self._plain(got, is_alone=is_alone) if plain else self._find(got, below)
        if found is NOTHING and any(word.startswith("raised") for word in got.words):
            return self._crashed(got, outcomes)
        return self._worn(outcomes) if found.is_right else found

    def _crashed(self, got: Signature, outcomes: Mapping[str, Outcome]) -> Finding:
        """Find the mistake that raises the same errors, where no wrong number came back."""
        if self._crashes is None:
            self._crashes = Crashes(self._topic, self.known)
        named = self._crashes.match(got, [outcomes[case.name].raised for case in self.known.cases])
        made = tuple((one,) for one in named[0]) if named else ()
        return Finding(made, named[1], float("inf")) if named else NOTHING

    def _worn(self, outcomes: Mapping[str, Outcome]) -> Finding:
        """Find the form that loses digits, where ordinary values are right."""
        if self._digits is None:
            self._digits = Digits(self._topic, self._question, self._cases)
        worn = self._digits.match(outcomes, frozenset(one.id for one in self.known.mistakes))
        return (
            RIGHT
            if worn is None
            else Finding(tuple((one,) for one in worn.mistakes), worn.evidence, is_right=True)
        )

    def _find(self, got: Signature, below: Sequence[Made]) -> Finding:
        known, tolerance = self.known, SINGLE if got.is_single else EQUAL
        if _is_right(known, got, tolerance):
            return RIGHT
        found = (
            self._one(known, got, tolerance, below)
            or self._more(got, tolerance, below)
            or self._returned(got, tolerance, alike=True)
            or self._two(got, tolerance)
            or self._returned(got, tolerance, alike=False)
            or (None if got.is_single else self._single_inside(got, below))
        )
        return found or NOTHING

    def _single_inside(self, got: Signature, below: Sequence[Made]) -> Finding | None:
        """Find one mistake, or one more than below, in what was worked out in single precision on the way.

        What is as near to the right answer may be right but for that.
        """
        if _is_right(self.known, got, CLEARLY * SINGLE_INSIDE):
            return None
        return self._one(self.known, got, SINGLE_INSIDE, below) or self._more(got, SINGLE_INSIDE, below)

    def _plain(self, got: Signature, *, is_alone: bool) -> Finding:
        """Find one mistake of the function's own that works nothing out: what else gives this shows nothing."""
        tolerance = SINGLE if got.is_single else EQUAL
        if _is_right(self.known, got, tolerance):
            return RIGHT
        found = self._one(self.known, got, tolerance) if is_alone else None
        made = () if found is None else tuple(one for one in found.made if one[0].replaces not in self._below)
        return replace(found, made=made) if found is not None and made else NOTHING

    def _one(
        self, known: Known, got: Signature, tolerance: float, below: Sequence[Made] = (), *, of: int = 0
    ) -> Finding | None:
        """Find one mistake."""
        table = known.table(got.words)
        near = table.near(got.numbers, tolerance) if table is not None else []
        if table is None or not near:
            return None
        place, gap = near[0]
        alike, nearest = table.alike(place, EQUAL)
        made = tuple((known.every[row],) for row in sorted(int(table.rows[one]) for one in alike))
        verified = Verified(made, Signature(got.words, table.numbers[place]), gap, nearest)
        return self._told(known, verified, tolerance, below, of=of)

    def _more(self, got: Signature, tolerance: float, below: Sequence[Made]) -> Finding | None:
        """Find the mistakes of the functions below, with at most one more of this function's own."""
        known = screened_where(self.known, got)
        found = (
            self._combined(self._with_more(known, made), got, tolerance, below)
            for made in below
            if 0 < len(made) <= MOST_BELOW
        )
        return next((one for one in found if one is not None), None)

    def _with_more(self, known: Known, made: Made) -> Several:
        ids = (known.screen, *(one.id for one in made))
        if ids not in self._several:
            own = known.own(self._below)
            self._several[ids] = with_more(self._topic, known, made, own, self._digest, self._cache)
        return self._several[ids]

    def _two(self, got: Signature, tolerance: float) -> Finding | None:
        """Find two mistakes."""
        if not got.numbers.size:
            return None
        known = screened_where(self.known, got)
        if known.screen not in self._pairs:
            self._pairs[known.screen] = all_pairs(self._topic, known, self._below, self._digest, self._cache)
        return self._combined(self._pairs[known.screen], got, tolerance)

    def _combined(
        self, several: Several, got: Signature, tolerance: float, below: Sequence[Made] = ()
    ) -> Finding | None:
        verified = several.search(got, tolerance)
        return None if verified is None else self._told(self.known, verified, tolerance, below)

    def _returned(self, got: Signature, tolerance: float, *, alike: bool) -> Finding | None:
        """Find one mistake on the cases that returned numbers, where others failed.

        How code fails depends on how it is written. ``alike`` asks that the mistake fails on the same cases.
        """
        results = len(self._question.results)
        keep = tuple(case for case, some in enumerate(_has_numbers(got.words, results)) if some)
        if not LEAST_TELLING <= len(keep) < len(self.known.cases):
            return None
        if keep not in self._partial:
            self._partial[keep] = restricted(self.known, keep)
        rest = got.pieces([case * results + one for case in keep for one in range(results)])
        found = self._one(self._partial[keep], rest, tolerance, of=len(self.known.cases))
        if found is None or not alike:
            return found
        tables = self.known.tables
        failing = {row for table in tables if _fails(table.words, results, keep) for row in table.rows.tolist()}
        ids = {self.known.every[row].id for row in failing}
        made = tuple(made for made in found.made if made[0].id in ids)
        return replace(found, made=made) if made else None

    def _told(
        self, known: Known, verified: Verified, tolerance: float, below: Sequence[Made], *, of: int = 0
    ) -> Finding | None:
        """Return a finding where the evidence is enough; what was found below needs no more of it."""
        handed_up = any(set(made) <= set(other) for made in verified.made for other in below)
        telling, by_numbers = _telling(known, verified.gives, 2 * tolerance)
        clear = min(CLEARLY * tolerance, VERY_CLEARLY * max(verified.gap, SMALLEST))
        if not handed_up and (telling < LEAST_TELLING or not by_numbers or verified.nearest <= clear):
            return None
        ordered = sorted(verified.made, key=lambda made: sum(one.replaces in self._below for one in made))
        evidence, is_rough = _evidence(known, verified, tolerance, of), tolerance != EQUAL
        return Finding(tuple(ordered), evidence, verified.nearest, is_rough=is_rough)


def _has_numbers(words: tuple[str, ...], results: int) -> list[bool]:
    """Return for each case whether any result has numbers."""
    return [any(word.startswith("(") for word in words[k : k + results]) for k in range(0, len(words), results)]


def _fails(words: tuple[str, ...], results: int, keep: tuple[int, ...]) -> bool:
    """Whether a behaviour has numbers on these cases only."""
    return not any(some for case, some in enumerate(_has_numbers(words, results)) if case not in keep)


def _is_right(known: Known, got: Signature, tolerance: float) -> bool:
    truth = known.truth
    return got.words == truth.words and truth.gap(got.numbers) <= tolerance


def _telling(known: Known, gives: Signature, least: float) -> tuple[int, bool]:
    """Return on how many cases a behaviour is not the right one, and whether numbers say so on any."""
    results = len(known.question.results)
    right = known.truth.words
    by_word = np.array([word != other for word, other in zip(gives.words, right, strict=True)])
    by_number = np.array([word.startswith("(") for word in gives.words]) & by_word
    if gives.words == right:
        by_number = known.truth.gaps(gives.numbers, [0])[0] > least
    elif (both := np.flatnonzero(~by_word)).size:
        truth = Signature(right, known.truth.numbers[0])
        part = one_row(truth.pieces(both), is_elementwise=known.question.elementwise)
        by_number[both] = part.gaps(gives.pieces(both).numbers, [0])[0] > least
    cases = (by_word | by_number).reshape(-1, results).any(axis=1)
    return int(cases.sum()), bool(by_number.any())


def _evidence(known: Known, verified: Verified, tolerance: float, of: int) -> str:
    count = len(known.cases)
    same = "your results are its results" if tolerance == EQUAL else "your results are its, to single precision,"
    inputs = f"{count} of {count} inputs"
    if of:
        inputs = f"all {count} inputs on which it returns (on the other {of - count} it fails)"
    if verified.nearest == float("inf"):
        other = "no other known mistake gives results of these shapes"
    else:
        other = f"those of the next known mistake are {verified.nearest:.2g} away"
    return f"{same} on {inputs}; {other}"
