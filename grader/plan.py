"""What every submission of an assessment is asked to do: laid out once, the same calls for everybody.

Since the calls are the same objects for all, the sandbox encodes them once.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.diagnose.tell import Diagnoser
from grader.followon import FollowOnCredit, run_name
from grader.model.inputs import Call
from grader.model.key import AnswerKey, KeyedCase
from grader.model.question import Assessment, Item
from grader.quiz.variants import Variants

__all__ = ["SEPARATOR", "Plan", "make_plan"]

SEPARATOR = " "  # in a call's id, between the question's id and the case's name


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What every submission is asked to do, and what is needed to judge it."""

    assessment: Assessment
    cases: Mapping[str, tuple[KeyedCase, ...]]  # by question id
    modules: Mapping[str, tuple[Item, ...]]  # by the file's stem, in the order in which they are asked
    batches: Mapping[str, tuple[tuple[Call, ...], ...]]  # by the file's stem, and by question id
    digest: str  # of the calls and limits
    diagnoser: Diagnoser
    follow_on: FollowOnCredit
    variants: Variants


def make_plan(
    assessment: Assessment,
    key: AnswerKey,
    *,
    public_only: bool = False,
    any_variant: bool = False,
    cache: Path | None = None,
) -> Plan:
    """Lay out the calls of an assessment: for each file all public ones, then all hidden ones.

    Functions that build on others come first: they are wrong most often and cost most to ask again, and what the
    first of a process answers was answered with nothing before it.
    What the known mistakes give is kept in ``cache``, too. With ``any_variant`` answers to a quiz count on
    whatever sheet they were given.
    """
    modules: dict[str, list[Item]] = {}
    cases: dict[str, tuple[KeyedCase, ...]] = {}
    for item in assessment.items:
        modules.setdefault(item.question.module, []).append(item)
        keyed = key.cases[item.question.id]
        cases[item.question.id] = tuple(case for case in keyed if case.public) if public_only else keyed
    batches: dict[str, tuple[tuple[Call, ...], ...]] = {}
    ordered = {module: _deepest_first(items) for module, items in modules.items()}
    for module, items in ordered.items():
        for item in items:
            batches[item.question.id] = _batches((item,), cases)
        batches[module] = _batches(items, cases)
    diagnoser = Diagnoser(assessment, cases, key.digest, cache)
    follow_on = FollowOnCredit(assessment, cases, diagnoser)
    for name, calls in follow_on.calls.items():
        own = tuple(replace(call, id=SEPARATOR.join((name, call.id))) for call in calls)
        batches[run_name(name)] = (own,)
    return Plan(
        assessment,
        cases,
        ordered,
        batches,
        _digest(batches, assessment),
        diagnoser,
        follow_on,
        Variants(assessment, any_variant=any_variant),
    )


def _deepest_first(items: Sequence[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: -_depth(item, items)))


def _depth(item: Item, items: Sequence[Item], seen: frozenset[str] = frozenset()) -> int:
    """Return how many functions stand below one, each building on the next."""
    seen |= {item.question.function}
    below = [
        one
        for one in items
        if one.question.function in item.question.depends and one.question.function not in seen
    ]
    return max((1 + _depth(one, items, seen) for one in below), default=0)


def _batches(items: tuple[Item, ...], cases: Mapping[str, tuple[KeyedCase, ...]]) -> tuple[tuple[Call, ...], ...]:
    public, hidden = (
        tuple(
            Call(
                SEPARATOR.join((item.question.id, case.name)),
                item.question.function,
                case.arguments,
                len(item.question.results),
            )
            for item in items
            for case in cases[item.question.id]
            if case.public is wanted
        )
        for wanted in (True, False)
    )
    return tuple(batch for batch in (public, hidden) if batch)


def _digest(batches: Mapping[str, tuple[tuple[Call, ...], ...]], assessment: Assessment) -> str:
    digest = hashlib.sha256()
    for item in assessment.items:
        digest.update(repr((item.question.id, item.question.module, item.question.limits)).encode())
        own = batches.get(run_name(item.question.id), ())
        for call in (call for batch in (*batches[item.question.id], *own) for call in batch):
            digest.update(repr((call.id, call.function, call.results)).encode())
            for argument in call.arguments:
                shape = (argument.name, argument.form.value, argument.value.dtype.str, argument.value.shape)
                digest.update(repr(shape).encode() + argument.value.tobytes())
    return digest.hexdigest()
