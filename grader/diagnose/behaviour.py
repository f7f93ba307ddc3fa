"""A wrong answer summed up, so that classmates who are wrong in the same way are found without looking at pairs.

What is exact goes into a digest: which checks failed, and on their cases the shapes, the exceptions, the places
of nan and infinities. Numbers differ in their last digits from one way of writing to the next, so they are not
rounded and digested (some number always lies where rounding turns) but summed up: for each result of each case
its size, and two weighted means. Where no number is off by more than a part d of the largest beside it, no sum is
off by more than 3 d; so sums are compared, and never roundings.
"""

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from grader.diagnose.known import coarse, one_row, settled
from grader.diagnose.match import SINGLE
from grader.diagnose.signature import Signature, of_outcomes, of_truth
from grader.diagnose.table import sizes_of
from grader.model.grade import Behaviour
from grader.model.key import KeyedCase
from grader.model.outcome import Outcome, Status
from grader.model.question import CodeQuestion

__all__ = ["behaviour_of", "summed_up"]

ADDRESS = re.compile(r"0x[0-9a-fA-F]+")

Numbers = NDArray[np.float64]


def behaviour_of(
    question: CodeQuestion, cases: Sequence[KeyedCase], outcomes: Mapping[str, Outcome], failed: Collection[str]
) -> Behaviour | None:
    """Sum up what came back on the cases of the failed checks; None where some call says nothing of the code.

    Numbers count where they are held against a plain tolerance, as they do for known mistakes: how many digits are
    lost elsewhere is a matter of style.
    """
    checks = [check for check in question.checks if check.name in failed]
    asked = {name for check in checks for name in check.cases}
    shown = tuple(case for case in cases if case.name in asked)
    got = of_outcomes(shown, outcomes, len(question.results)) if shown else None
    if got is None:
        return None
    got = settled(got, shown)
    texts: list[str] = []
    if not got.numbers.size:  # then what was raised is all that there is
        texts = [_raised(outcomes[case.name]) for case in shown]
    changed = [outcomes[case.name].changed for case in shown] if any(one.unchanged for one in checks) else []
    names = {case.name for case in coarse(question, cases)}
    ordinary = [case for case in shown if case.name in names]
    is_only_single = got.is_single and _is_nearly_right(question, ordinary, outcomes)
    digest = hashlib.blake2b(digest_size=16)
    digest.update(repr((question.id, sorted(failed), got.words, texts, changed, is_only_single)).encode())
    digest.update(_strange(got.numbers).tobytes())
    numbers = summed_up(got, [case.name in names for case in shown], _scales(shown), by_size=question.elementwise)
    return Behaviour(digest.hexdigest(), numbers, got.is_single)


def _is_nearly_right(question: CodeQuestion, cases: Sequence[KeyedCase], outcomes: Mapping[str, Outcome]) -> bool:
    """Whether an answer in single precision is right but for that: then none in double precision is like it."""
    got = of_outcomes(cases, outcomes, len(question.results)) if cases else None
    if got is None:
        return False
    truth = one_row(of_truth(cases), is_elementwise=question.elementwise)
    return got.words == truth.words and truth.gap(settled(got, cases).numbers) <= SINGLE


def _strange(numbers: Numbers) -> NDArray[np.int8]:
    """Return where there is no finite number, and what instead."""
    kinds = np.zeros(numbers.shape, np.int8)
    kinds[np.isnan(numbers)] = 1
    kinds[np.isposinf(numbers)] = 2
    kinds[np.isneginf(numbers)] = 3
    return kinds


def _raised(outcome: Outcome) -> str:
    raised = outcome.raised
    return ADDRESS.sub("", raised.text) if outcome.status is Status.ERROR and raised is not None else ""


def _scales(cases: Sequence[KeyedCase]) -> list[float]:
    """Return the size of each true result, which is what a wrong one is measured by."""
    finite = [one.nearest[np.isfinite(one.nearest)] for case in cases for one in case.expected]
    return [float(np.abs(one).max(initial=0.0)) or 1.0 for one in finite]


def summed_up(
    got: Signature, counting: Sequence[bool], scales: Sequence[float], *, by_size: bool
) -> tuple[float, ...]:
    """Return the sums of the pieces of those cases that count.

    ``by_size``: each number stands for itself, and is measured by its own size where that is above 1.
    """
    return tuple(_sums(got, counting, scales, by_size=by_size))


def _sums(got: Signature, counting: Sequence[bool], scales: Sequence[float], *, by_size: bool) -> Iterator[float]:
    results = len(got.words) // max(len(counting), 1)
    ends = np.cumsum([0, *sizes_of(got.words)])
    for place, scale in enumerate(scales):
        piece = got.numbers[ends[place] : ends[place + 1]]
        if not counting[place // results] or not piece.size:
            continue
        piece = np.where(np.isfinite(piece), piece, 0.0)
        if by_size:
            measured = np.sign(piece) * np.log1p(np.abs(piece))
        else:
            size = max(float(np.abs(piece).max()), scale)
            yield float(np.log(size) - np.log(scale))
            measured = piece / size
        yield from (float(one) for one in _weights(measured.size) @ measured / measured.size)


@lru_cache(maxsize=64)
def _weights(count: int) -> Numbers:
    """Return two rows of weights between 1/2 and 3/2, at random: with a pattern in them, patterns would cancel.

    They are the same in every process, and change with the version of NumPy at most, as ``engine_digest`` does.
    """
    return 0.5 + np.random.default_rng(count).random((2, count))
