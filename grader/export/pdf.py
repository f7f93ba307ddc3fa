"""Sheets on paper: PDFs by Typst, A4 or US Letter, tagged, with fonts and drawings in them.

    work       ada.pdf            for students; made of the handout, which has no keys
    key        ada.key.pdf        for instructors: what is right, and why
    marking    ada.marking.pdf    for marking by hand: what is right, rubrics to tick, boxes for points

On each page of a work sheet stand corner marks and a square code: ``grader scan`` reads them.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from fractions import Fraction

from grader.export.losses import Need, losses
from grader.export.print.identity import Identity, svg_code
from grader.export.print.keys import answered
from grader.export.print.press import Press, need_typst, press_of
from grader.export.print.questions import Json, question
from grader.export.print.text import blocks
from grader.export.writer import PAPERS, File, Order, Writer
from grader.model.sheet import HandIn, Handout, Sheet
from grader.report.safe import clip, one_line
from grader.report.verdict import write_points

__all__ = ["WRITER", "identity_of", "key_pdf", "work_layout", "work_pdf"]

EDITIONS = ("work", "key", "marking")
LONGEST = 70  # characters of a name or an id


def work_pdf(handout: Handout, press: Press, paper: str) -> bytes:
    """Print the sheet of a student."""
    data = work_layout(handout, paper)
    identity = identity_of(handout, press, data)

    def codes(pages: int) -> list[str]:
        return [svg_code(str(identity.at(page))) for page in range(1, pages + 1)]

    return press.pdf("work", {**data, "who": _who(handout)}, codes)


def key_pdf(sheet: Sheet, press: Press, paper: str, edition: str) -> bytes:
    """Print what is right on a sheet, to read (``key``) or to mark by (``marking``)."""
    questions = [answered(posed, number) for number, posed in enumerate(sheet.posed, start=1)]
    return press.pdf(
        edition, {**_common(sheet.handout, paper), "who": _who(sheet.handout), "questions": questions}
    )


def work_layout(handout: Handout, paper: str) -> Json:
    """Return what is laid out of a student's sheet: all but whose it is."""
    return {
        **_common(handout, paper),
        "introduction": blocks(handout.introduction),
        "is_answered": any(not isinstance(form, HandIn) for item in handout.items for form in item.forms),
        "questions": [question(item, number) for number, item in enumerate(handout.items, start=1)],
    }


def identity_of(handout: Handout, press: Press, data: Json) -> Identity:
    """Return what the codes of a sheet say, on its first page."""
    laid_out = json.dumps(data, sort_keys=True).encode() + press.digest.encode()
    digest = hashlib.sha256(laid_out).hexdigest()[:8]
    student = Identity.marked(handout.student)
    return Identity(handout.assessment, handout.variant, 1, data["paper"], digest, student)


def _common(handout: Handout, paper: str) -> Json:
    points = sum((item.points for item in handout.items), Fraction())
    return {
        "paper": paper,
        "lang": "en",
        "title": one_line(handout.title),
        "variant": handout.variant,
        "who": "",
        "points": write_points(points),
        "is_one": points == 1,
        "records": False,
    }


def _who(handout: Handout) -> str:
    """Return whose sheet it is, in a line."""
    name, student = (clip(one_line(text), LONGEST) for text in (handout.name, handout.student))
    return f"{name} ({student})" if name and student and name != student else name or student


def _files(order: Order) -> Iterator[File]:
    press = press_of(order.templates)
    for stem, sheet in order.sheets:
        if order.edition == "work":
            yield File(f"{stem}.pdf", work_pdf(sheet.handout, press, order.paper))
        else:
            yield File(f"{stem}.{order.edition}.pdf", key_pdf(sheet, press, order.paper, order.edition))


def _remarks(sheets: Sequence[Sheet]) -> Iterator[str]:
    need_typst()
    yield from losses({Need.HAND_IN: "the sheet says which file and function to hand in"}, *sheets)


WRITER = Writer(EDITIONS, _files, _remarks, papers=PAPERS)
