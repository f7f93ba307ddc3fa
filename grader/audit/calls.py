"""Call a trusted function on the cases of a question just as the sandbox calls a student's.

The sandbox's own code lays out the arguments and reads what is returned, so that a form (strided, read-only, a
Python float) means the same here as there. Only the process around it is missing: an author's code is trusted.
"""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from grader.model.key import KeyedCase
from grader.model.outcome import Outcome, Raised, Status, Value
from grader.model.question import CodeQuestion
from grader.sandbox.child.values import describe, give, items, read

__all__ = ["outcomes_of"]


def outcomes_of(
    function: Callable[..., Any], question: CodeQuestion, cases: Iterable[KeyedCase]
) -> dict[str, Outcome]:
    """Return what a function gives on each case, by the case's name; what it raises is an outcome, too."""
    with np.errstate(all="ignore"):
        return {case.name: _call(function, case, question) for case in cases}


def _call(function: Callable[..., Any], case: KeyedCase, question: CodeQuestion) -> Outcome:
    given = [
        give(one.form.value, one.value.dtype.str, list(one.value.shape), np.ascontiguousarray(one.value).tobytes())
        for one in case.arguments
    ]
    try:
        returned = function(*[one.thing for one in given])
    except Exception as error:  # noqa: BLE001 (a mistake may raise whatever it likes)
        return Outcome(case.name, Status.ERROR, raised=Raised(type(error).__name__, str(error)))
    wanted = len(question.results)
    several, count = ([returned], 1) if wanted == 1 else items(returned, wanted)
    values = tuple(_value(one, question.limits.result_bytes) for one in several)
    changed = tuple(place for place, one in enumerate(given) if one.is_changed())
    return Outcome(case.name, Status.PASSED, values, describe(returned), count, changed)


def _value(one: Any, room: int) -> Value:
    entry, raw = read(one, room)
    name, note, *numbers = entry
    if not numbers:
        return Value(name, None, note)
    dtype, shape = numbers
    return Value(name, np.frombuffer(raw, dtype).reshape(shape))
