"""Where on which page of a sheet is what: the sheet is made and laid out again from the code on its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from grader.errors import GraderError
from grader.export.pdf import identity_of, work_layout
from grader.export.print.identity import Identity
from grader.export.print.press import press_of
from grader.export.writer import PAPERS
from grader.model.question import Assessment
from grader.model.sheet import Handout
from grader.quiz.codes import read_code
from grader.quiz.sheet import make_sheet, secret_of

__all__ = ["Bubble", "Field", "Page", "Plan", "Planner", "Region", "StrangeError"]

Point = tuple[float, float]  # millimetres from the page's upper left corner
KEPT = 32  # plans: pages of a sheet mostly follow each other


class StrangeError(Exception):
    """A page is none of this assessment's as it is now; the words say why."""


@dataclass(frozen=True, slots=True)
class Field:
    """What an answer is entered into: the question, the place of its form, and the row where it has several."""

    question: str
    form: int
    row: str


@dataclass(frozen=True, slots=True)
class Bubble:
    """A bubble: its field, its letter, and its centre."""

    field: Field
    letter: str
    at: Point
    is_square: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A place to write in: its upper left and lower right, and how far down the page its lines are."""

    field: Field
    start: Point
    end: Point
    lines: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it was printed."""

    bubbles: tuple[Bubble, ...]
    regions: tuple["Region", ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All pages of a sheet; corners go clockwise from the upper left, those of marks are their centres."""

    size: Point
    mark: float
    marks: tuple[Point, ...]
    code: tuple[Point, ...]
    pages: tuple[Page, ...]


class Planner:
    """Lays out sheets of one assessment; what it did lately it has at hand."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        self._press = press_of(assessment.folder)
        self._secret = secret_of(assessment)
        self._made = lru_cache(maxsize=KEPT)(self._lay_out)

    def plan(self, identity: Identity) -> Plan:
        """Return the plan of a page's sheet. Raises StrangeError where it is not one of ours, as it is now."""
        if identity.assessment != self._assessment.id:
            words = f"the sheet is of the assessment {identity.assessment!r}, not of {self._assessment.id!r}"
            raise StrangeError(words)
        if identity.paper not in PAPERS:
            raise StrangeError(f"the sheet is on a paper that is not known: {identity.paper!r}")
        digest, plan = self._made(identity.variant, identity.paper)
        if digest != identity.digest:
            words = "the questions, the course's secret or the template have changed since the sheet was printed"
            raise StrangeError(words)
        if not 1 <= identity.page <= len(plan.pages):
            raise StrangeError(f"the sheet has no page {identity.page}")
        return plan

    def _lay_out(self, variant: str, paper: str) -> tuple[str, Plan]:
        handout = self.handout(variant)
        data = work_layout(handout, paper)
        return identity_of(handout, self._press, data).digest, _plan(self._press.layout("work", data))

    def handout(self, variant: str) -> Handout:
        """Return what stands on the sheet with a code. Raises StrangeError where there is none."""
        try:
            return make_sheet(self._assessment, read_code(variant), self._secret).handout
        except GraderError as error:
            raise StrangeError(str(error)) from error


def _plan(layout: Mapping[str, Any]) -> Plan:
    bubbles: list[list[Bubble]] = [[] for _ in range(layout["pages"])]
    regions: list[list[Region]] = [[] for _ in range(layout["pages"])]
    opened: dict[tuple[Field, int], list[Point]] = {}  # where it starts, then its lines
    for what, question, form, row, *more in layout["fields"]:
        field = Field(question, form, row)
        *letter, page, x, y = more
        if what in ("bubble", "square"):
            bubbles[page - 1].append(Bubble(field, letter[0], (x, y), what == "square"))
        elif what == "end":
            start, *lines = opened.pop((field, page))
            regions[page - 1].append(Region(field, start, (x, y), tuple(down for _, down in lines)))
        else:
            opened.setdefault((field, page), []).append((x, y))
    x, y, width = layout["code"]
    return Plan(
        _point(layout["page"]),
        layout["mark"],
        tuple(_point(one) for one in layout["marks"]),
        ((x, y), (x + width, y), (x + width, y + width), (x, y + width)),
        tuple(Page(tuple(ones), tuple(others)) for ones, others in zip(bubbles, regions, strict=True)),
    )


def _point(pair: list[float]) -> Point:
    return pair[0], pair[1]
