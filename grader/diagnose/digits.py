"""Which form of a right formula loses digits as an answer does, where its ordinary values are right.

How many digits are lost at each input is a fingerprint of how a formula is written: 2 sigmoid(2x) - 1 loses
them near 0, a quotient of exponentials is nan where both overflow. Rounding differs from one way of writing to
the next, so fingerprints agree where nearly all digits lost do, to within a factor of 30.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.diagnose.catalogue import with_mistakes
from grader.diagnose.known import reaches, settled
from grader.diagnose.signature import Signature, evaluate, of_outcomes, of_truth
from grader.model.key import KeyedCase
from grader.model.mistake import Mistake
from grader.model.outcome import Outcome
from grader.model.question import CodeQuestion, Topic

__all__ = ["Digits", "Worn"]

EPS = float(np.finfo(np.float64).eps)
LOST = 3.0  # decades beyond eps from which a digit counts as lost, and not as rounding
ALIKE = 1.5  # decades
ALL = 15.0  # decades: no digit is left
STRAY = 20.0  # nan or infinity where a number is wanted
SAME = 0.9  # of the telling inputs
OTHER = 0.75  # above this another form is too alike
LEAST_CASES = 2
LEAST_NUMBERS = 3
TINY = float(np.finfo(np.float64).tiny)

Profile = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Worn:
    """Forms of a formula that wear digits off as an answer does, and the evidence."""

    mistakes: tuple[Mistake, ...]
    evidence: str


class Digits:
    """The fingerprints of the known mistakes that change no ordinary value of a question."""

    def __init__(self, topic: Topic, question: CodeQuestion, cases: Sequence[KeyedCase]) -> None:
        judged = {name for check in question.checks if check.rule for name in check.cases}
        self._topic, self._question = topic, question
        self._cases = tuple(case for case in cases if case.name in judged)

    def match(self, outcomes: Mapping[str, Outcome], ordinary: frozenset[str]) -> Worn | None:
        """Return the forms that an answer is written in; ``ordinary`` are mistakes that change ordinary values."""
        if not self._question.elementwise or any(case.name not in outcomes for case in self._cases):
            return None
        got = of_outcomes(self._cases, outcomes, 1)
        if got is None or got.is_single or got.words != self._truth.words:
            return None
        profile = self._profile(settled(got, self._cases))
        forms = {name: one for name, one in self._forms.items() if name not in ordinary}
        shares = {name: _alike(profile, form) for name, form in forms.items()}
        best = max(shares, key=lambda name: shares[name], default=None)
        if best is None or shares[best] < SAME or not self._is_telling(forms[best]):
            return None
        same = [name for name in forms if _alike(forms[best], forms[name]) >= SAME and shares[name] >= SAME]
        next_best = max((share for name, share in shares.items() if name not in same), default=0.0)
        if next_best > OTHER:
            return None
        telling = _telling(profile, forms[best])
        count = round(shares[best] * int(telling.sum()))
        by_id = {one.id: one for one in self._topic.mistakes}
        return Worn(
            tuple(by_id[name] for name in same),
            f"loses its digits, or gives nan, just as this form does, at {count} of {int(telling.sum())} numbers "
            f"where digits are lost; the next known form agrees at {next_best:.0%} of them",
        )

    def groups(self, ordinary: frozenset[str]) -> list[set[str]]:
        """Return the forms by what tells them apart, each with those that lose digits alike."""
        forms = {name: one for name, one in self._forms.items() if name not in ordinary and self._is_telling(one)}
        return [{other for other in forms if _alike(forms[name], forms[other]) >= SAME} for name in forms]

    def _is_telling(self, form: Profile) -> bool:
        """Whether digits are lost at some numbers of several cases."""
        sizes = [case.expected[0].nearest.size for case in self._cases]
        cases = np.repeat(np.arange(len(sizes)), sizes)[form >= LOST]
        return len(cases) >= LEAST_NUMBERS and len(set(cases.tolist())) >= LEAST_CASES

    def _profile(self, gives: Signature) -> Profile:
        """Return how many decades beyond eps each number is off."""
        truth = self._truth.numbers
        with np.errstate(all="ignore"):
            off = np.abs(gives.numbers - truth) / np.maximum(np.abs(truth), TINY)
            lost = np.clip(np.log10(np.maximum(off, EPS) / EPS), 0.0, 16.0)
        same = (gives.numbers == truth) | (np.isnan(gives.numbers) & np.isnan(truth))
        return np.where(same, 0.0, np.where(np.isfinite(lost) & np.isfinite(gives.numbers), lost, STRAY))

    @cached_property
    def _truth(self) -> Signature:
        return of_truth(self._cases)

    @cached_property
    def _forms(self) -> dict[str, Profile]:
        """The fingerprints of all mistakes that keep the shapes and lose digits where the reference does not."""
        steps = reaches(self._topic, self._question.function)
        right = evaluate(self._topic.reference[self._question.function], self._cases, 1)
        own = self._profile(settled(right, self._cases))  # 1 - t^2 loses digits, too, and is right
        found: dict[str, Any] = {}
        for mistake in self._topic.mistakes:
            if mistake.replaces not in steps:
                continue
            function = with_mistakes(self._topic.reference, [mistake], self._question.function)
            gives = evaluate(function, self._cases, 1)
            if gives.words == self._truth.words:
                form = self._profile(settled(gives, self._cases))
                if (form >= LOST).any() and _alike(form, own) < SAME:
                    found[mistake.id] = form
        return found


def _telling(one: Profile, other: Profile) -> NDArray[np.bool_]:
    return (one >= LOST) | (other >= LOST)


def _alike(one: Profile, other: Profile) -> float:
    """Return at which share of the numbers that lose digits in either both lose as many.

    Where a form loses all digits it says little of itself: the others have to agree among themselves, too.
    """
    telling = _telling(one, other)
    some = telling & ((one < ALL) | (other < ALL))
    agree = np.abs(one - other) <= ALIKE
    shares = [float(agree[which].mean()) for which in (telling, some) if which.any()]
    return min(shares, default=0.0)
