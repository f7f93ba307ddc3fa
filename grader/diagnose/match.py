"""Which known mistakes the outcomes of one question are: one before two, all that are alike, and never on a guess.

What came back agrees with a mistake where every number of every case does: to 1e-9 of the largest of its tensor,
or to 1e-4 where it was computed in single precision. It is told where at least two cases tell the mistake from the
right answer, one of them by numbers, and where every other known mistake is clearly further away. Where no wrong
number came back at all, errors must say enough by themselves (``grader.diagnose.crash``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from grader.diagnose.signature import Signature, of_outcomes
from grader.model.key import KeyedCase
from grader.model.outcome import Outcome
from grader.model.question import CodeQuestion, Topic

__all__ = ["Finding", "Matcher"]

SINGLE = 1e-4
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
        self._several: dict[tuple[str, ...], Several] = {}
        self._pairs: dict[int, Several] = {}
        self._digits: Digits | None = None
        self._crashes: Crashes | None = None

    @property
    def known(self) -> Known:
        """The known answers of the question."""
        if self._known is None:
            self._known = known_answers(self._topic, self._question, self._cases, self._digest, self._cache)
        return self._known

    def match(self, outcomes: Mapping[str, Outcome], below: Made = ()) -> Finding:
        """Return what the outcomes are; ``below`` are mistakes found in the functions that this one builds on."""
        known = self.known
        cases = tuple(case for case in known.cases if case.name in outcomes)
        if len(cases) < len(known.cases) or not known.mistakes:
            return NOTHING
        got = of_outcomes(cases, outcomes, len(self._question.results))
        if got is None:
            return NOTHING
        got = settled(got, cases)
        found = self._find(got, below)
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

    def _find(self, got: Signature, below: Made) -> Finding:
        known, tolerance = self.known, SINGLE if got.is_single else EQUAL
        if _is_right(known, got, tolerance):
            return RIGHT
        found = (
            self._one(known, got, tolerance, below)
            or self._more(got, tolerance, below)
            or self._returned(got, tolerance)
            or self._two(got, tolerance)
        )
        return found or NOTHING

    def _one(
        self, known: Known, got: Signature, tolerance: float, below: Made = (), *, of: int = 0
    ) -> Finding | None:
        """Find one mistake."""
        table = known.table(got.words)
        near = table.near(got.numbers, tolerance) if table is not None else []
        if table is None or not near:
            return None
        place, gap = near[0]
        gives = table.numbers[place]
        alike = {other for other, _ in table.near(gives, EQUAL)} | {place}
        nearest = table.nearest(gives, alike)
        made = tuple((known.every[row],) for row in sorted(int(table.rows[one]) for one in alike))
        verified = Verified(made, Signature(got.words, gives), gap, nearest)
        return self._told(known, verified, tolerance, below, of=of)

    def _more(self, got: Signature, tolerance: float, below: Made) -> Finding | None:
        """Find the mistakes of the functions below, with at most one more of this function's own."""
        if not 0 < len(below) <= MOST_BELOW:
            return None
        ids = tuple(one.id for one in below)
        if ids not in self._several:
            self._several[ids] = with_more(self._topic, self.known, below, self.known.own(self._below))
        return self._combined(self._several[ids], got, tolerance, below)

    def _two(self, got: Signature, tolerance: float) -> Finding | None:
        """Find two mistakes."""
        if not got.numbers.size:
            return None
        known = screened_where(self.known, got)
        if known.screen not in self._pairs:
            self._pairs[known.screen] = all_pairs(self._topic, known, self._below, self._digest, self._cache)
        return self._combined(self._pairs[known.screen], got, tolerance)

    def _combined(self, several: Several, got: Signature, tolerance: float, below: Made = ()) -> Finding | None:
        verified = several.search(got, tolerance)
        return None if verified is None else self._told(self.known, verified, tolerance, below)

    def _returned(self, got: Signature, tolerance: float) -> Finding | None:
        """Find one mistake on the cases that returned numbers, where others raised."""
        results = len(self._question.results)
        raised = [word.startswith("raised") for word in got.words[::results]]
        keep = tuple(case for case, is_raised in enumerate(raised) if not is_raised)
        if not any(raised) or len(keep) < LEAST_TELLING:
            return None
        if keep not in self._partial:
            self._partial[keep] = restricted(self.known, keep)
        rest = got.pieces([case * results + one for case in keep for one in range(results)])
        return self._one(self._partial[keep], rest, tolerance, of=len(raised))

    def _told(
        self, known: Known, verified: Verified, tolerance: float, below: Made, *, of: int = 0
    ) -> Finding | None:
        """Return a finding where the evidence is enough; what was found below needs no more of it."""
        handed_up = any(set(made) <= set(below) for made in verified.made)
        telling, by_numbers = _telling(known, verified.gives, 2 * tolerance)
        clear = min(CLEARLY * tolerance, VERY_CLEARLY * max(verified.gap, SMALLEST))
        if not handed_up and (telling < LEAST_TELLING or not by_numbers or verified.nearest <= clear):
            return None
        ordered = sorted(verified.made, key=lambda made: sum(one.replaces in self._below for one in made))
        return Finding(tuple(ordered), _evidence(known, verified, tolerance, of), verified.nearest)


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
        inputs = f"all {count} inputs on which it returns (on the other {of - count} it raises an error)"
    if verified.nearest == float("inf"):
        other = "no other known mistake gives results of these shapes"
    else:
        other = f"those of the next known mistake are {verified.nearest:.2g} away"
    return f"{same} on {inputs}; {other}"
