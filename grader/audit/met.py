"""Whether a mistake is made at all on the inputs that are tried: its step gives anything else than the right one.

A function that is the same with a mistake may be right to be so: what is built on the step does not notice. Where
the step itself is the same throughout, nothing is known of it: no input was of the kind on which it is wrong.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.assessment.cases import draw
from grader.audit.trials import trials
from grader.diagnose.catalogue import with_mistakes
from grader.diagnose.signature import evaluate
from grader.model.key import KeyedCase
from grader.model.mistake import Mistake
from grader.model.question import CodeQuestion, Topic

__all__ = ["is_met"]


def is_met(topic: Topic, question: CodeQuestion, mistake: Mistake, seed: str) -> bool:
    """Whether a mistake gives another result of its step, by a bit, on a question's cases or on a trial."""
    both = _Both(topic.reference[mistake.replaces], with_mistakes(topic.reference, [mistake], mistake.replaces))
    watched = Mistake("watched", mistake.replaces, both, "", "", "", "")
    function = with_mistakes(topic.reference, [watched], question.function)
    for case in (*question.cases, *trials(question)):
        for arguments in (draw(question, case, one) for one in (seed, f"{seed} again")):
            evaluate(function, [KeyedCase("", "", False, arguments, ())], len(question.results))
            if both.differ:
                return True
    return False


class _Both:
    """A step that is right, and notes whether the mistaken one ever gives anything else."""

    def __init__(self, right: Callable[..., Any], wrong: Callable[..., Any]) -> None:
        self._right, self._wrong = right, wrong
        self.differ = False

    def __call__(self, *arguments: Any) -> Any:
        gives = self._right(*arguments)
        if not self.differ:
            try:
                self.differ = not _same(gives, self._wrong(*arguments))
            except Exception:  # noqa: BLE001  a mistake may raise whatever it likes
                self.differ = True
        return gives


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list | tuple):
        return isinstance(other, list | tuple) and len(one) == len(other) and all(map(_same, one, other))
    return np.array_equal(one, other, equal_nan=np.asarray(one).dtype.kind == "f")
