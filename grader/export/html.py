"""Sheets as HTML pages: to work in, to practise with, and answer keys. Each is one file that fetches nothing.

    work       ada.html            for students; made of the handout, which has no keys
    practice   ada.practice.html   marks in the page and explains; holds its answers, and says so
    key        ada.key.html        for instructors

A page's only script is its own, named by its digest in the page's policy.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from grader.export.itemview import view_items
from grader.export.keyview import view_keys
from grader.export.practice import practice_of
from grader.export.writer import File, Order, Writer
from grader.model.sheet import Handout, Sheet
from grader.report.environment import fill
from grader.report.markdown import markdown_html

__all__ = ["WRITER", "key_page", "practice_page", "work_page"]

EDITIONS = ("work", "practice", "key")


def work_page(handout: Handout, templates: str = "") -> str:
    """Return the page in which a student works. Raises InputError for a wrong template."""
    return fill("sheet/work.html.j2", templates, _values(handout, templates, "work"))


def practice_page(sheet: Sheet, templates: str = "") -> str:
    """Return the page that marks by itself. It holds the answers."""
    keys = [practice_of(one.key, with_rule=one.key.rule != one.item.rule) for one in sheet.posed]
    marks = {one.item.id: key.marks for one, key in zip(sheet.posed, keys, strict=True)}
    values = {"practice": keys, "keys": _json(marks), **_values(sheet.handout, templates, "practice")}
    return fill("sheet/practice.html.j2", templates, values)


def key_page(sheet: Sheet, templates: str = "") -> str:
    """Return the answer key of a sheet, for instructors."""
    return fill("sheet/key.html.j2", templates, {"sheet": sheet, "questions": view_keys(sheet.posed)})


def _values(handout: Handout, templates: str, edition: str) -> Mapping[str, Any]:
    """Return what the template of every edition needs."""
    script, digest = _script(templates, edition)
    return {
        "sheet": handout,
        "edition": edition,
        "introduction": markdown_html(handout.introduction, top=2),
        "questions": view_items(handout.items),
        "max_score": sum(item.points for item in handout.items),
        "script": script,
        "script_digest": digest,
    }


@lru_cache(maxsize=8)
def _script(templates: str, edition: str) -> tuple[Markup, str]:
    """Return the script of an edition, and its digest as the page's policy wants it."""
    text = fill("sheet/script.js.j2", templates, {"edition": edition})
    digest = b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
    # Markup because: the template is ours or the course's, and nothing of a student or of a sheet is put into it.
    return Markup(text), digest  # noqa: S704


def _json(value: object) -> Markup:
    """Write JSON that can stand in a script element."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # Markup because: with every < written as an escape, nothing in it can end the element.
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704


def _files(order: Order) -> Iterator[File]:
    for stem, sheet in order.sheets:
        if order.edition == "work":
            yield File(f"{stem}.html", work_page(sheet.handout, order.templates).encode())
        elif order.edition == "practice":
            yield File(f"{stem}.practice.html", practice_page(sheet, order.templates).encode())
        else:
            yield File(f"{stem}.key.html", key_page(sheet, order.templates).encode())


WRITER = Writer(EDITIONS, _files)
