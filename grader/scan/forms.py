"""What the bubbles of a question say, as a cell of the table; and why not, where they do not say it surely."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.model.sheet import Arrange, Choose, Form, HandIn, Item, Pair
from grader.scan.bubbles import Mark
from grader.scan.plan import Field

__all__ = ["Reading", "has_cell", "is_bubbled", "read_form", "to_type"]

Marks = Mapping[Field, Mapping[str, Mark]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form says, as text; ``doubt`` says why a person must look, ``seen`` what there was to see."""

    cell: str = ""
    doubt: str = ""
    seen: str = ""


def has_cell(item: Item) -> bool:
    """Whether a question is answered on the sheet."""
    return not all(isinstance(form, HandIn) for form in item.forms)


def is_bubbled(form: Form, place: int, question: str, fields: Sequence[Field]) -> bool:
    """Whether a form has bubbles on this sheet; what has too many letters is written."""
    return isinstance(form, Choose | Arrange | Pair) and any(
        (field.question, field.form) == (question, place) for field in fields
    )


def read_form(form: Form, place: int, question: str, marks: Marks) -> Reading:
    """Read the bubbles of a form."""
    rows = {field.row: seen for field, seen in marks.items() if (field.question, field.form) == (question, place)}
    seen = "; ".join(filter(None, (_told(row, one) for row, one in rows.items())))
    doubt = next(filter(None, (_doubt(row, one) for row, one in rows.items())), "")
    letters = {row: [letter for letter, mark in one.items() if mark is Mark.MARKED] for row, one in rows.items()}
    if isinstance(form, Choose) and form.several:
        return Reading("" if doubt else " ".join(letters.get("", ())), doubt, seen)
    doubt = doubt or next(
        (f"{_in(row)}{' and '.join(ones)} are marked" for row, ones in letters.items() if len(ones) > 1), ""
    )
    single = {row: ones[0] for row, ones in letters.items() if len(ones) == 1 and not _doubt(row, rows[row])}
    if isinstance(form, Choose):
        return Reading("" if doubt else single.get("", ""), doubt, seen)
    if isinstance(form, Arrange):
        return _order(single, len(rows), doubt, seen)
    return Reading(json.dumps(single, ensure_ascii=False) if single else "", doubt, seen)


def to_type(item: Item, cell: str) -> str:
    """Say what a cell looks like that holds what was written."""
    if len(item.forms) > 1:
        return json.dumps({"choice": cell or "A", "reason": "..."})
    form = next(iter(item.forms))
    fields = getattr(form, "fields", ())
    if len(fields) > 1:
        return json.dumps(["..."] * len(fields))
    if isinstance(form, Pair):
        return json.dumps({option.letter: "..." for option in form.left})
    return "B A C" if isinstance(form, Arrange) else ""


def _order(single: Mapping[str, str], count: int, doubt: str, seen: str) -> Reading:
    if doubt or not single:
        return Reading("", doubt, seen)
    if len(single) < count:
        return Reading("", f"{count - len(single)} of {count} places have no mark", seen)
    twice = next((letter for letter in single.values() if list(single.values()).count(letter) > 1), "")
    if twice:
        return Reading("", f"{twice} is marked for two places", seen)
    return Reading(" ".join(single.values()), "", seen)


def _doubt(row: str, seen: Mapping[str, Mark]) -> str:
    """Say why the marks of a row are unsure."""
    unsure = [(letter, mark) for letter, mark in seen.items() if not mark.is_sure]
    words = ", ".join(f"{letter} is {mark.value}" for letter, mark in unsure)
    return f"{_in(row)}{words}" if words else ""


def _in(row: str) -> str:
    return f"in row {row}, " if row else ""


def _told(row: str, seen: Mapping[str, Mark]) -> str:
    """Tell all that was seen in a row."""
    words = ", ".join(
        letter if mark is Mark.MARKED else f"{letter} {mark.value}"
        for letter, mark in seen.items()
        if mark is not Mark.EMPTY
    )
    return f"{row}: {words}" if row and words else words
