"""Hold a formula against its key: equal if it is equal, whatever its form.

What was read is said where it may not be what was meant, and a difference is shown at a point with both values.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from grader.model.outcome import Status
from grader.model.sheet import FormulaKey
from grader.numerics.equal import Ranges, Sameness, Verdict, compare_at, same_formula
from grader.numerics.formula import Formula, FormulaError, functions_of, nearest, parse
from grader.numerics.functions import names_of_function
from grader.numerics.written import decimal, substitute, to_text
from grader.quiz.judged import Judged
from grader.quiz.reading import is_empty

__all__ = ["mark_formula", "own_names", "ranges_of"]

LONGEST = 400  # characters that are read of a student
NOTHING = Fraction(0)


def mark_formula(key: FormulaKey, response: Any) -> Judged:
    """Mark a response to a question for a formula."""
    if is_empty(response):
        return Judged(NOTHING, Status.UNANSWERED, "There is no answer.")
    if isinstance(response, bool) or not isinstance(response, str | int | float):
        return Judged(NOTHING, Status.INVALID, "This cannot be an answer: a formula is asked for.")
    if isinstance(response, int) and response.bit_length() > 4 * LONGEST:  # more digits than text may have
        return Judged(NOTHING, Status.INVALID, "This cannot be an answer: the number is too large to be meant.")
    text, ranges = str(response).strip(), ranges_of(key)
    try:
        formula = own_names(parse(text, {*ranges, *key.aliases}, LONGEST), key)
    except FormulaError as error:
        column = f" (at character {error.column})" if error.column else ""
        return Judged(NOTHING, Status.INVALID, f"{_shown(text)} cannot be read as a formula: {error}{column}.")
    if used := _forbidden(formula, key):
        words = f"{_shown(text)} is not accepted: it uses `{used}`, and the answer is asked for without it."
        return Judged(NOTHING, Status.FAILED, words)
    right = parse(key.formula, ranges)
    found = same_formula(right, formula, ranges)
    if found.is_equal:
        return Judged(Fraction(1), Status.PASSED, f"{_shown(text)} is right.")
    read = _read_as(formula)
    if found.verdict is Verdict.UNDECIDED:
        words = (
            f"{_shown(text)}{read} can be worked out almost nowhere: whether it is right is for a person to say."
        )
        return Judged(NOTHING, Status.NEEDS_REVIEW, words, text=text)
    for wrong, feedback, misconception in key.wrong:
        if same_formula(parse(wrong, ranges), formula, ranges).is_equal:
            return Judged(NOTHING, Status.FAILED, f"{_shown(text)} is not right{read}.", feedback, misconception)
    return Judged(
        NOTHING, Status.FAILED, f"{_shown(text)} is not right{read}: {_witness(right, formula, ranges, found)}."
    )


def ranges_of(key: FormulaKey) -> Ranges:
    """Return the ranges of a key's variables as exact numbers."""
    return {name: (Fraction(low), Fraction(high)) for name, (low, high) in key.ranges.items()}


def own_names(formula: Formula, key: FormulaKey) -> Formula:
    """Put the variables' own names in the place of others."""
    if not formula.names & key.aliases.keys():
        return formula
    own = substitute(formula, {alias: ("variable", name) for alias, name in key.aliases.items()})
    return replace(formula, names=own.names, tree=own.tree)


def _forbidden(formula: Formula, key: FormulaKey) -> str:
    """Return a function that the formula uses and may not, by the name under which it is forbidden."""
    used = functions_of(formula.tree) if key.without else set[str]()
    return next((name for name in key.without if used & names_of_function(name)), "")


def _shown(text: str) -> str:
    return f"`{text if len(text) <= 60 else text[:57] + '...'}`"


def _read_as(formula: Formula) -> str:
    if not formula.remarks:
        return ""
    return f" (it is read as `{to_text(formula)}`; {'; '.join(formula.remarks)})"


def _witness(right: Formula, formula: Formula, ranges: Ranges, found: Sameness) -> str:
    """Show both values at a point where they differ: a plain one where there is one."""
    names = sorted(right.names | formula.names)
    plain = (compare_at(right, formula, point) for point in _plain_points(names, ranges))
    shown = next((one for one in plain if one.verdict is Verdict.DIFFERENT and one.left is not None), found)
    where = " and ".join(f"{name} = {_number(at)}" for name, at in sorted(shown.at.items()))
    ours, theirs = _value(shown.left, 6), "" if shown.right is None else _value(shown.right, 6)
    if ours == theirs:  # they differ by less than people look at
        ours, theirs = _value(shown.left, 0), _value(shown.right, 0)
    says = f"it has {f'the value {theirs}' if theirs else 'no value'}, and the right answer has {ours}"
    return f"at {where} {says}" if where else says


def _plain_points(names: list[str], ranges: Ranges) -> Iterator[Mapping[str, Fraction]]:
    """Go through some points with few digits, another part of its range for each variable."""
    for first in (5, 3, 6, 2):
        point = {}
        for at, name in enumerate(names):
            low, high = ranges[name]
            part = Fraction((first + 2 * at) % 7 + 1, 8)
            for places in (0, 1, 2, 3):
                point[name] = round(low + (high - low) * part, places)
                if low < point[name] < high and point[name]:
                    break
        yield point


def _number(number: Fraction) -> str:
    text = decimal(number)
    return text if len(text) <= 8 else f"{float(number):.4g}"


def _value(value: Any, digits: int) -> str:
    """Write a value with so many digits, or with all of a float's."""
    if not value.is_finite():
        return "beyond all bounds"
    return f"{nearest(value):.{digits}g}" if digits else repr(nearest(value))
