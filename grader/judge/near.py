"""Near misses: what came back is not right, but it is easy to see what was meant.

Every function returns one sentence, or nothing where there is no near miss. Names and types that a student chose
stand in these sentences as they came; whoever shows them escapes them.
"""

import difflib
from collections.abc import Sequence
from itertools import permutations

import numpy as np

from grader.judge.compare import compare
from grader.model.key import Expected, KeyedCase
from grader.model.outcome import FunctionInfo, Outcome, Value
from grader.model.question import CodeQuestion, Rule

__all__ = ["near_arguments", "near_name", "near_order", "near_return", "near_shape", "near_type", "rearranged"]

NAME_LENGTH = 60
ALIKE = 0.8  # below it, lstm_forward is offered for lstm_backward
MOST_AXES = 4  # more are not tried in every order


def near_name(wanted: str, functions: Sequence[FunctionInfo]) -> str:
    """Name the function that was probably meant to be ``wanted``, or the functions that there are."""
    names = {info.name: _plain(info.name) for info in functions}
    plain = _plain(wanted)
    alike = difflib.get_close_matches(plain, list(names.values()), n=1, cutoff=ALIKE)
    if alike:
        found = next(name for name, short in names.items() if short == alike[0])
        return f"Found `{found[:NAME_LENGTH]}`, wanted `{wanted}`."
    if not names:
        return "The file defines no function."
    shown = [f"`{name[:NAME_LENGTH]}`" for name in list(names)[:8]]
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    return f"The file defines {', '.join(shown)}{more}."


def _plain(name: str) -> str:
    return name.replace("_", "").lower()[:NAME_LENGTH]


def near_arguments(question: CodeQuestion, functions: Sequence[FunctionInfo]) -> str:
    """Say that the function takes another number of arguments than it is called with."""
    wanted = len(question.parameters)
    info = next((info for info in functions if info.name == question.function), None)
    if info is None or (info.least <= wanted and (info.most is None or wanted <= info.most)):
        return ""
    takes = info.least if info.least > wanted or info.most is None else info.most
    plural = "" if takes == 1 else "s"
    return f"`{question.function}` takes {takes} argument{plural}, wanted {wanted}: `{question.signature}`."


def near_return(question: CodeQuestion, outcome: Outcome) -> str:
    """Say that nothing was returned, or another number of results."""
    wanted = len(question.results)
    first = outcome.values[0].type if len(outcome.values) == 1 else ""
    if "NoneType" in (outcome.returned, first):
        if outcome.printed.strip():
            return "It printed something and returned nothing: write `return` where it says `print`."
        return "It returned nothing (`None`): is a `return` missing?"
    if wanted == 1:
        return "It returned a tuple; wanted is one result." if first == "tuple" else ""
    names = _and(question.results)
    if len(outcome.values) == wanted:
        return ""
    if outcome.count == 1 or not outcome.returned.startswith(("tuple", "list")):
        came = _article(outcome.returned[:NAME_LENGTH] or "one result")
        return f"It returned {came}; wanted are {wanted} results: {names}."
    return f"It returned {outcome.count} results, wanted {wanted}: {names}."


def near_type(value: Value, name: str) -> str:
    """Say why a value cannot be read as real numbers; ``name`` is empty where there is only one result."""
    name = f"`{name}`" if name else "The result"
    kind = value.type[:NAME_LENGTH]
    if kind == "NoneType":
        return f"{name} is `None`: it was never given a value."
    if kind in ("function", "builtin_function_or_method", "method", "method-wrapper", "ufunc", "type"):
        return f"{name} is the function itself: its parentheses are missing."
    if kind in ("generator", "map", "zip", "filter", "dict", "set"):
        return f"{name} is {_article(kind)}; wanted is an array."
    if kind in ("list", "tuple") and value.array is None:
        return f"{name} is a {kind} whose parts do not fit together: are they of one length, and all numbers?"
    note = value.note.strip().rstrip(".")[:200]
    if value.array is not None:
        note = f"its dtype is {value.array.dtype}"[:200]
    return f"{name} cannot be read as real numbers: it is {_article(kind)}{f' ({note})' if note else ''}."


def near_order(question: CodeQuestion, case: KeyedCase, outcome: Outcome, rule: Rule) -> str:
    """Say that the results are right but come in another order."""
    count = len(question.results)
    if count < 2 or len(outcome.values) != count:
        return ""
    found: list[int] = []
    for value in outcome.values:
        match = [k for k in range(count) if k not in found and compare(value, case.expected[k], rule).passed]
        if not match:
            return ""
        found.append(match[0])
    if found == list(range(count)):
        return ""
    came = ", ".join(question.results[k] for k in found)
    return f"Each result is right, but they come as ({came}); wanted is ({', '.join(question.results)})."


def near_shape(got: tuple[int, ...], wanted: tuple[int, ...], names: Sequence[str | int]) -> str:
    """Say how a shape differs, with the names of the axes: (H, N) for (N, H)."""
    axes = [str(name) for name in names] if len(names) == len(wanted) else [str(n) for n in wanted]
    order = _order(got, wanted)
    if order:
        came = ", ".join(axes[k] for k in order)
        how = (
            "it is transposed"
            if list(order) == list(range(len(wanted)))[::-1]
            else "the axes are in another order"
        )
        return f"The shape is ({came}) for ({', '.join(axes)}): {how}."
    if got == ():
        return "One single number came back where an array is wanted."
    if [n for n in got if n != 1] == [n for n in wanted if n != 1]:
        few = "is missing" if len(got) < len(wanted) else "is one too many"
        return f"An axis of length 1 {few}: shape {_shape(got)} for {_shape(wanted)}."
    if len(got) == len(wanted) - 1:
        missing = [axes[k] for k in range(len(wanted)) if wanted[:k] + wanted[k + 1 :] == got]
        return f"The axis {missing[0]} is missing: shape {_shape(got)} for {_shape(wanted)}." if missing else ""
    if len(got) == len(wanted) + 1:
        spare = [k for k in range(len(got)) if got[:k] + got[k + 1 :] == wanted]
        return f"Axis {spare[0]} is one too many: shape {_shape(got)} for {_shape(wanted)}." if spare else ""
    if len(got) == len(wanted):
        return _one_axis(got, wanted, axes)
    return ""


def _one_axis(got: tuple[int, ...], wanted: tuple[int, ...], axes: Sequence[str]) -> str:
    """Say how the one axis that differs does: blocks that were not split, one step too few."""
    differ = [k for k in range(len(wanted)) if got[k] != wanted[k]]
    if len(differ) != 1:
        return ""
    k = differ[0]
    name = axes[k]
    if wanted[k] and got[k] > wanted[k] > 1 and got[k] % wanted[k] == 0:
        times = got[k] // wanted[k]
        came = ", ".join(f"{times}{axis}" if j == k else axis for j, axis in enumerate(axes))
        if name.isalpha():
            return f"The shape is ({came}) for ({', '.join(axes)}): the {times} blocks were not split."
        return f"Axis {k} is {times} times as long as wanted: shape {_shape(got)} for {_shape(wanted)}."
    by = {-1: "one too short", 1: "one too long"}.get(got[k] - wanted[k], f"{got[k]} long, wanted {wanted[k]}")
    return f"The axis {name if name.isalpha() else k} is {by}: shape {_shape(got)} for {_shape(wanted)}."


def rearranged(value: Value, expected: Expected, rule: Rule) -> str:
    """Say that the numbers are right once their axes are put in order."""
    array, wanted = value.array, expected.nearest.shape
    if array is None or array.size != expected.nearest.size or array.dtype.kind not in "biuf" or not array.size:
        return ""
    candidates = [array.reshape(wanted)]
    if array.ndim == len(wanted) <= MOST_AXES:
        orders = [order for order in permutations(range(array.ndim)) if _taken(array.shape, order) == wanted]
        candidates += [array.transpose(order) for order in orders]
    for candidate in candidates:
        if compare(Value(value.type, np.asarray(candidate)), expected, rule).passed:
            return "The number itself is right." if array.size == 1 else "The numbers themselves are right."
    return ""


def _order(got: tuple[int, ...], wanted: tuple[int, ...]) -> tuple[int, ...]:
    """Return which wanted axis stands at each place of ``got``, or nothing; transposing is preferred."""
    axes = len(wanted)
    if len(got) != axes or not 2 <= axes <= MOST_AXES or sorted(got) != sorted(wanted) or got == wanted:
        return ()
    orders = [tuple(reversed(range(axes))), *permutations(range(axes))]
    return next(order for order in orders if _taken(wanted, order) == got)


def _taken(shape: tuple[int, ...], order: Sequence[int]) -> tuple[int, ...]:
    return tuple(shape[k] for k in order)


def _shape(shape: tuple[int, ...]) -> str:
    return str(tuple(int(n) for n in shape))


def _article(noun: str) -> str:
    return f"an {noun}" if noun[:1].lower() in tuple("aeiou") or noun.startswith("nd") else f"a {noun}"


def _and(names: Sequence[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
