"""What a response is worth: each form held against its key, and what is said about it.

A response is what ``answers.yaml`` or a scanned sheet says for one question: of whatever type, from whomever.
One that cannot be an answer is INVALID, and an empty one UNANSWERED. A text is marked by people, and NEEDS_REVIEW
until then. Where a question has several forms, such as a choice and its reason, the response is a mapping of their
names (``choice``, ``reason``), or what belongs to the first of them alone.

    mark_choice            one letter or several
    mark_order             an order, and pairs
    mark_text              blanks, what is printed, and texts
    mark_number, mark_formula
    reading                what all of them understand, however it was typed

Nothing here knows a kind of question; nothing here raises for any response.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from grader.model.outcome import Status
from grader.model.sheet import (
    Arrange,
    ArrangeKey,
    BlankKey,
    Blanks,
    Choose,
    ChooseKey,
    Enter,
    Form,
    FormKey,
    FormulaKey,
    NumberKey,
    Pair,
    PairKey,
    Posed,
    TextKey,
)
from grader.quiz.mark_choice import mark_choice
from grader.quiz.mark_formula import mark_formula
from grader.quiz.mark_number import mark_number
from grader.quiz.mark_order import mark_order, mark_pairs
from grader.quiz.mark_text import mark_blank, mark_blanks, receive_text
from grader.quiz.marked import Marked, PartMark, from_judged, scaled
from grader.quiz.reading import by_name, field_name, is_empty, shown

__all__ = ["Marked", "PartMark", "mark", "part_name", "parts_of", "status_of"]

WHOLE = Fraction(1)


def mark(posed: Posed, response: Any) -> Marked:
    """Mark a response to a posed question."""
    forms = posed.item.forms
    responses, strange = _divided(forms, response)
    parts: list[PartMark] = []
    for form, key, share, one in zip(forms, posed.key.forms, posed.key.shares, responses, strict=True):
        parts += [scaled(part, share) for part in _mark_form(form, key, one)]
    if strange:
        words = f"{shown(strange[0])} is no part of this question; it was left out."
        parts.append(PartMark("rest", Fraction(0), Fraction(0), Status.INVALID, words))
    return Marked(status_of(parts), tuple(parts))


def parts_of(posed: Posed, response: Any) -> list[Any]:
    """Return what of a response belongs to each form of a question."""
    return _divided(posed.item.forms, response)[0]


def _divided(forms: Sequence[Form], response: Any) -> tuple[list[Any], list[Any]]:
    """Say which part of a response belongs to which form, and what belongs to none."""
    names = [field_name(form) for form in forms]
    if isinstance(response, Mapping) and not any(isinstance(form, Arrange | Pair | Blanks) for form in forms):
        found, strange = by_name(response, names)
        if found:
            return [found.get(name) for name in names], strange
    return [response, *(None for _ in forms[1:])], []


def part_name(form: Form) -> str:
    """Return what the part of a form is called in its mark: "answer", or its label, such as "reason"."""
    return form.label.casefold() if isinstance(form, Enter) and form.label else "answer"


def _mark_form(form: Form, key: FormKey, response: Any) -> list[PartMark]:
    name = part_name(form)
    if is_empty(response) and not isinstance(form, Pair | Blanks):
        return [PartMark(name, WHOLE, Fraction(0), Status.UNANSWERED, "Nothing was answered.")]
    match form, key:
        case Choose(), ChooseKey():
            return [mark_choice(form, key, response)]
        case Enter(), NumberKey():
            return [from_judged(name, WHOLE, mark_number(key, response))]
        case Enter(), FormulaKey():
            return [from_judged(name, WHOLE, mark_formula(key, response))]
        case Enter(), BlankKey():
            return [from_judged(name, WHOLE, mark_blank(key, response, is_printed=True))]
        case Enter(), TextKey():
            return [from_judged(name, WHOLE, receive_text(response))]
        case Blanks(), tuple():
            return mark_blanks(form, key, response)
        case Arrange(), ArrangeKey():
            return [mark_order(form, key, response)]
        case Pair(), PairKey():
            return mark_pairs(form, key, response)
        case _:  # a function to write: what is handed in for it is a file
            words = f"A file was expected, and {shown(response)} came."
            return [PartMark(name, WHOLE, Fraction(0), Status.INVALID, words)]


def status_of(parts: Sequence[PartMark]) -> Status:
    """Sum up: what waits for a person comes first, then the points, then the first part that went wrong."""
    earned = sum((part.earned for part in parts), Fraction(0))
    statuses = [part.status for part in parts]
    if Status.NEEDS_REVIEW in statuses:
        return Status.NEEDS_REVIEW
    if earned == WHOLE:
        return Status.PASSED
    if earned:
        return Status.PARTIAL
    return next((status for status in statuses if status is not Status.UNANSWERED), Status.UNANSWERED)
