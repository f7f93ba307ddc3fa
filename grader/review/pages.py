"""What the pages show: texts as text, the question as its student had it, and what is decided so far.

Names are left out unless they are asked for. Nothing of a student becomes markup, script or an address: texts go
through Jinja's escaping, and come with their unprintable characters written out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from markupsafe import Markup

from grader.export.figure import draw_figure
from grader.export.itemview import inline_html, prompt_html
from grader.model.answers import Review
from grader.model.sheet import Arrange, Choose, Form, Option, Pair
from grader.report.environment import fill
from grader.report.markdown import markdown_html
from grader.report.verdict import write_points
from grader.review.alike import LEAST, Piece, differences
from grader.review.desk import Desk
from grader.review.texts import Pile, Text

__all__ = ["SHOWN", "Pages", "progress", "state_of"]

SHOWN = ("all", "waiting", "done")
MOST_CARDS = 400  # on one page


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as some students had it."""

    ident: str
    prompt: Markup
    code: str
    picture: Markup | None
    options: tuple[tuple[str, Markup], ...]
    model: Markup


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the rubric; ``digit`` is the key that ticks it."""

    id: str
    digit: str
    says: Markup
    worth: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A text as its template shows it."""

    number: int
    version: int
    student: str  # empty where names are hidden
    pieces: tuple[Piece, ...]
    beside: tuple[str, ...]
    asked: str
    points: tuple[Point, ...]
    state: Mapping[str, Any]
    identical: int  # how many are identical, this one among them
    first: int  # the first of these that is shown
    same: str  # in that one: number and version of each
    opens: int  # texts in the group that begins here


def progress(pile: Pile, desk: Desk) -> tuple[int, int]:
    """Return how many texts of a pile are marked, and how many there are."""
    return sum(desk.review(text.slot) is not None for text in pile.texts), len(pile.texts)


def state_of(text: Text, review: Review | None) -> dict[str, Any]:
    """Return what is decided of a text, as pages and scripts show it."""
    points = review.points if review else ()
    earned = text.earned(points)
    return {
        "is_done": review is not None,
        "points": list(points),
        "comment": review.comment if review else "",
        "words": f"{write_points(earned)} of {write_points(text.worth)}" if review else "waiting",
    }


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of one sitting."""

    title: str
    piles: tuple[Pile, ...]
    desk: Desk
    root: str
    form_token: str
    templates: str = ""  # the assessment's folder

    @property
    def script(self) -> str:
        """The one script that may run."""
        return _own("review/script.js.j2", self.templates)

    @property
    def style(self) -> str:
        """The one style that is applied."""
        return _own("review/style.css.j2", self.templates)

    def overview(self, *, said: str = "") -> str:
        """Return the page with all questions."""
        rows = [(number, pile, *progress(pile, self.desk)) for number, pile in enumerate(self.piles, start=1)]
        return self._fill("overview", {"rows": rows, "said": said})

    def question(self, number: int, *, show: str, find: str, start: int = 1, with_names: bool = False) -> str:
        """Return the page of one pile: the texts from number ``start`` on, as many as a browser shows at once."""
        pile = self.piles[number - 1]
        done, total = progress(pile, self.desk)
        found = self._cards(pile, show, find, start, with_names=with_names)
        cards, more = list(islice(found, MOST_CARDS)), next(found, None)
        used = {card.asked for card in cards}
        asked = {text.asked: text for text in pile.texts if text.asked in used}
        values = {
            "pile": pile,
            "number": number,
            "piles": len(self.piles),
            "cards": cards,
            "asked": [_asked(text, place) for place, text in enumerate(asked.values(), start=1)],
            "idents": {digest: f"asked-{place}" for place, digest in enumerate(asked, start=1)},
            "show": show,
            "find": find,
            "start": start,
            "more": more.number if more else 0,
            "with_names": with_names,
            "done": done,
            "total": total,
            "steps": self.desk.steps(*pile.key),
            "comments": self.desk.comments(*pile.key),
            "least": LEAST,
        }
        return self._fill("question", values)

    def words(self, title: str, words: Sequence[str], *, back: str = "") -> str:
        """Return a page that says something."""
        return self._fill("words", {"heading": title, "words": words, "back": back})

    def _cards(self, pile: Pile, show: str, find: str, begin: int, *, with_names: bool) -> Iterator[Card]:
        numbers: dict[object, list[int]] = {}
        for number, text in enumerate(pile.texts, start=1):
            numbers.setdefault(text.likeness, []).append(number)
        firsts: dict[object, int] = {}
        wanted = find.casefold().split()
        for start, size in _ranges(pile.groups):
            first = pile.texts[start].passage.text
            opens = size
            for number in range(start + 1, start + size + 1):
                text = pile.texts[number - 1]
                review = self.desk.review(text.slot)
                if number < begin:
                    continue
                if show != "all" and (show == "done") != (review is not None):
                    continue
                if not _holds(text, review, wanted):
                    continue
                others = numbers[text.likeness]
                first_shown = firsts.setdefault(text.likeness, number)
                # In one place only: of 300 identical answers each would else have to name 300.
                is_told = number == first_shown and len(others) > 1
                versions = [(other, self.desk.version(pile.texts[other - 1].slot)) for other in others if is_told]
                yield Card(
                    number,
                    self.desk.version(text.slot),
                    text.slot.student if with_names else "",
                    differences(first, text.passage.text),
                    text.beside,
                    text.asked,
                    tuple(_points(text, review)),
                    state_of(text, review),
                    len(others),
                    first_shown,
                    " ".join(f"{other}:{version}" for other, version in versions),
                    opens,
                )
                opens = 0

    def _fill(self, name: str, values: Mapping[str, Any]) -> str:
        common = {
            "title": self.title,
            "root": self.root,
            "form_token": self.form_token,
            # Markup because: both templates are ours or the course's, and nothing of a student is put into them.
            "script": Markup(self.script),  # noqa: S704
            "style": Markup(self.style),  # noqa: S704
        }
        return fill(f"review/{name}.html.j2", self.templates, {**common, **values})


@lru_cache(maxsize=8)
def _own(name: str, templates: str) -> str:
    return fill(name, templates, {})


def _ranges(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for size in sizes:
        yield start, size
        start += size


def _holds(text: Text, review: Review | None, wanted: Sequence[str]) -> bool:
    """Whether a text or the comment to it holds every word that is looked for. Names are never looked in."""
    words = f"{text.passage.text}\n{review.comment if review else ''}".casefold()
    return all(word in words for word in wanted)


def _points(text: Text, review: Review | None) -> Iterator[Point]:
    ticked = review.points if review else ()
    for place, point in enumerate(text.passage.rubric, start=1):
        worth = write_points(text.worth * point.share)
        digit = str(place) if place < 10 else ""
        yield Point(point.id, digit, inline_html(point.says), worth, point.id in ticked)


def _asked(text: Text, place: int) -> Asked:
    item = text.posed.item
    ident = f"asked-{place}"
    picture = None
    if item.drawing is not None:
        picture = draw_figure(item.drawing, title="The plot of the question", ident=f"{ident}-plot")
    options = tuple((option.letter, inline_html(option.text)) for form in item.forms for option in _options(form))
    return Asked(
        ident, prompt_html(item, top=4), item.code, picture, options, markdown_html(text.passage.model, top=4)
    )


def _options(form: Form) -> tuple[Option, ...]:
    match form:
        case Choose() | Arrange():
            return form.options
        case Pair():
            return (*form.left, *form.right)
        case _:
            return ()
