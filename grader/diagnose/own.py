"""What a gradient must be for a student's own function, where that function is one with known mistakes.

The mistakes are made in the reference, and the reference with them is derived: what comes out is as exact as the
answer key, the same on every machine, and nothing that a student's code does can change it. Whether the student's
function is that one was told by its answers (``match``); ``is_its_own`` asks it again, on other inputs and beside
them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.diagnose.catalogue import with_mistakes
from grader.diagnose.known import EQUAL
from grader.diagnose.pairs import Made
from grader.model.inputs import Argument, Call
from grader.model.key import Expected, KeyedCase
from grader.model.outcome import Outcome, Status
from grader.model.question import CodeQuestion, Gradient, Topic
from grader.numerics.slopes import agrees, gradients, moves

__all__ = ["Own", "own_calls", "own_gradient"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """A function with known mistakes, on the cases of its gradient: its value, and the derivatives."""

    cases: tuple[KeyedCase, ...]  # of the gradient's question; what is expected is right for the mistaken function
    values: tuple[Floats, ...]
    place: int  # of the value among the function's results

    @property
    def zero(self) -> tuple[int, ...]:
        """The places of the results that are zero throughout: the function does not depend on these arguments."""
        count = len(self.cases[0].expected)
        return tuple(n for n in range(count) if not any(case.expected[n].nearest.any() for case in self.cases))

    def is_its_own(self, gradient: Gradient, outcomes: Mapping[str, Outcome]) -> bool:
        """Whether answers to ``own_calls`` have these values, and these slopes along every direction."""
        for case, value in zip(self.cases, self.values, strict=True):
            upstream, inputs = _sorted(gradient, case)
            base = self._got(outcomes.get(_name(case)), value)
            if base is None or not _same(base, value):
                return False
            for place, at in enumerate(inputs):
                for number, moved in enumerate(moves(at)):
                    ends = [
                        self._got(outcomes.get(_name(case, place, number, way)), value)
                        for way in ("forth", "back")
                    ]
                    forth, back = (float("nan") if end is None else float(np.sum(upstream * end)) for end in ends)
                    if not agrees(case.expected[place].nearest, moved, moved.slope(forth, back)):
                        return False
        return True

    def _got(self, outcome: Outcome | None, like: Floats) -> Floats | None:
        """Return the value that came back, where it is one of real numbers and of the right shape."""
        if outcome is None or outcome.status is not Status.PASSED or len(outcome.values) <= self.place:
            return None
        array = outcome.values[self.place].array
        if array is None or array.dtype.kind not in "biuf" or array.shape != like.shape:
            return None
        return array.astype(np.float64)


def own_gradient(topic: Topic, gradient: Gradient, made: Made, cases: Sequence[KeyedCase]) -> Own | None:
    """Return what a gradient must be where the function that it derives has these mistakes.

    None where that function gives nothing that the upstream gradient fits, or has no gradient.
    """
    derived = _derived(topic, gradient)
    function = with_mistakes(topic.reference, made, gradient.of)
    place = derived.results.index(gradient.result) if gradient.result else 0
    several = len(derived.results) > 1
    found: list[KeyedCase] = []
    values: list[Floats] = []
    for case in cases:
        upstream, inputs = _sorted(gradient, case)
        value = _value(function, [one.copy() for one in inputs], place, several=several)
        if value is None or value.shape != upstream.shape or not np.isfinite(value).all():
            return None
        loss = _loss(function, upstream, place, several=several)
        slopes = gradients(loss, inputs)
        if slopes is None:
            return None
        found.append(replace(case, expected=tuple(_expected(one) for one in slopes)))
        values.append(value)
    return Own(tuple(found), tuple(values), place)


def own_calls(topic: Topic, gradient: Gradient, cases: Sequence[KeyedCase]) -> tuple[Call, ...]:
    """Return the calls of a student's own function that ``Own.is_its_own`` asks for."""
    derived = _derived(topic, gradient)
    calls: list[Call] = []

    def call(name: str, inputs: Sequence[Floats]) -> None:
        arguments = tuple(Argument(*one) for one in zip(gradient.with_respect_to, inputs, strict=True))
        calls.append(Call(name, gradient.of, arguments, len(derived.results)))

    for case in cases:
        _, inputs = _sorted(gradient, case)
        call(_name(case), inputs)
        for place, at in enumerate(inputs):
            for number, moved in enumerate(moves(at)):
                for way, there in (("forth", moved.forth), ("back", moved.back)):
                    call(_name(case, place, number, way), [*inputs[:place], there, *inputs[place + 1 :]])
    return tuple(calls)


def _derived(topic: Topic, gradient: Gradient) -> CodeQuestion:
    return next(one for one in topic.questions if one.function == gradient.of)


def _name(case: KeyedCase, *moved: object) -> str:
    return ":".join(map(str, (case.name, *moved)))


def _sorted(gradient: Gradient, case: KeyedCase) -> tuple[Floats, list[Floats]]:
    """Return the upstream gradient, and the arguments in the order of the function that is derived."""
    named = {one.name: one.value.astype(np.float64) for one in case.arguments}
    return named[gradient.upstream], [named[name] for name in gradient.with_respect_to]


def _value(function: Callable[..., Any], inputs: Sequence[Floats], place: int, *, several: bool) -> Floats | None:
    try:
        with np.errstate(all="ignore"):
            returned = function(*inputs)
            return np.asarray(returned[place] if several else returned, np.float64)
    except Exception:  # noqa: BLE001  a mistake may raise whatever it likes
        return None


def _loss(
    function: Callable[..., Any], upstream: Floats, place: int, *, several: bool
) -> Callable[[Sequence[NDArray[Any]]], Any]:
    def loss(inputs: Sequence[NDArray[Any]]) -> Any:
        returned = function(*inputs)
        return np.sum(upstream * (returned[place] if several else returned))

    return loss


def _same(got: Floats, value: Floats) -> bool:
    """Whether two values are the same, as they are where mistakes are matched; never with a nan."""
    return bool(np.abs(got - value).max(initial=0.0) <= EQUAL * np.abs(value).max(initial=0.0))


def _expected(one: Floats) -> Expected:
    one.flags.writeable = False
    return Expected(one, np.zeros_like(one), one, one)
