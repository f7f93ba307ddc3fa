"""Sheets as HTML pages: to work in, to practise with, and answer keys. Each is one file that fetches nothing.

    work       for students; made of the handout, which has no keys
    practice   marks in the page and explains; holds its answers, and says so
    key        for instructors

A page's only script is its own, named by its digest in the page's policy.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from grader.export.itemview import view_items
from grader.export.writer import File, Order, Writer
from grader.model.sheet import Handout
from grader.report.environment import fill
from grader.report.markdown import markdown_html

__all__ = ["WRITER", "work_page"]

EDITIONS = ("work", "practice", "key")


def work_page(handout: Handout, templates: str = "") -> str:
    """Return the page in which a student works. Raises InputError for a wrong template."""
    return fill("sheet/work.html.j2", templates, _values(handout, templates, "work"))


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
    return Markup(text), digest  # noqa: S704  Markup because: it is a template of ours, and no value stands in it


def _files(order: Order) -> Iterator[File]:
    for stem, sheet in order.sheets:
        yield File(f"{stem}.html", work_page(sheet.handout, order.templates).encode())


WRITER = Writer(EDITIONS, _files)
