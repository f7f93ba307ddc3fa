"""Keys as Typst lays them out, beside the items that they are for: for instructors' eyes only."""

from fractions import Fraction

from grader.export.answer import percent
from grader.export.keyrows import Code, Row, key_rows, key_title
from grader.export.print.questions import Json, question
from grader.export.print.text import Node, blocks, inline
from grader.model.sheet import Form, FormKey, Option, Posed
from grader.report.safe import one_line
from grader.report.verdict import write_points

__all__ = ["answered"]


def answered(posed: Posed, number: int) -> Json:
    """Lay out a question and its key."""
    key = posed.key
    forms = zip(posed.item.forms, key.forms, key.shares, strict=True)
    return {
        **question(posed.item, number, asks=False),
        "keys": [_form(form, one, share, posed.item.points) for form, one, share in forms],
        "solution": blocks(key.solution),
        "rule": blocks(key.rule),
    }


def _form(form: Form, key: FormKey, share: Fraction, points: Fraction) -> Json:
    return {
        "title": one_line(key_title(form, key)),
        "share": percent(share),
        "points": write_points(points * share),
        "rows": [_row(row, points * share) for row in key_rows(form, key)],
    }


def _row(row: Row, points: Fraction) -> Json:
    return {
        "answer": [_part(part) for part in row.answer],
        "between": row.between,
        "list": row.is_list,
        "worth": row.worth,
        "says": blocks(row.says),
        "misconception": one_line(row.misconception),
        "right": row.is_right,
        "rubric": write_points(points * row.share) if row.share is not None else "",
        "model": row.is_model,
        "blank": row.blank,
    }


def _part(part: str | Option | Code) -> list[Node]:
    if isinstance(part, Option):
        return [["strong", [part.letter]], " ", *inline(part.text)]
    return [["code", part.text]] if isinstance(part, Code) else inline(part)
