"""One page of one sheet as it was filled in: whose it is, what its bubbles say, pictures of what was written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.export.print.identity import Identity
from grader.scan.bubbles import INK, Darkness, Mark, darkness, judge
from grader.scan.flatten import PIXELS, Seen, flat, read_code
from grader.scan.picture import Source, UnreadableError, open_picture
from grader.scan.plan import Field, Page, Plan, Planner, Point, Region, StrangeError

if TYPE_CHECKING:
    from grader.scan.picture import Grey

__all__ = ["Leaf", "Written", "read_leaf"]

EDGE = 14.0  # millimetres beside a page's fields that need not be seen
ABOVE, BELOW = 9.0, 4.0  # of bubbles, that a person sees with them
WIDE = 900  # pixels of the picture of a page that could not be read
BESIDE = 6  # pixels above and below a printed line that may be it
INKED = 1.2  # square millimetres of ink from which on somebody wrote
QUALITY = 45


@dataclass(frozen=True, slots=True)
class Written:
    """A place to write in: whether anything seems to be on it, and then a picture."""

    field: Field
    picture: bytes
    is_empty: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """What was read of one page. Where ``fault`` says why it was not, ``picture`` shows the page."""

    source: Source
    identity: Identity | None = None
    pages: int = 0  # of the whole sheet
    marks: Mapping[Field, Mapping[str, Mark]] = field(default_factory=lambda: MappingProxyType({}))
    written: tuple[Written, ...] = ()
    pictures: Mapping[tuple[str, int], bytes] = field(
        default_factory=lambda: MappingProxyType({})
    )  # of unsure ones
    fault: str = ""
    picture: bytes = b""


def read_leaf(source: Source, planner: Planner) -> Leaf:
    """Read a page. Whatever is wrong with it is said in the leaf."""
    import cv2

    picture: Grey | None = None
    identity: Identity | None = None
    try:
        picture = open_picture(source)
        seen = read_code(picture)
        identity = seen.identity
        plan = planner.plan(identity)
        return _read(source, picture, seen, plan)
    except (UnreadableError, StrangeError, cv2.error) as error:
        words = f"it cannot be read as a page: {error.err}" if isinstance(error, cv2.error) else str(error)
        shown = b"" if picture is None else _small(picture)
        return Leaf(source, identity, fault=words, picture=shown)


def _read(source: Source, picture: "Grey", seen: Seen, plan: Plan) -> Leaf:
    page = flat(picture, seen, plan)
    printed = plan.pages[seen.identity.page - 1]
    dark = darkness(page, plan)
    marks: dict[Field, dict[str, Mark]] = {}
    for bubble, mark in zip(printed.bubbles, judge(dark, printed.bubbles), strict=True):
        marks.setdefault(bubble.field, {})[bubble.letter] = mark
    written = _written(page, dark, printed)
    return Leaf(source, seen.identity, len(plan.pages), marks, written, _pictures(page, printed, marks))


def _written(page: "Grey", dark: Darkness, printed: Page) -> tuple[Written, ...]:
    """Return the places to write in, with pictures of all of a question where anything is on one of them."""
    empty = [_is_empty(dark, region) for region in printed.regions]
    inked = {region.field.question for region, nothing in zip(printed.regions, empty, strict=True) if not nothing}
    return tuple(
        Written(
            region.field,
            _cut(page, *_around(region.start, region.end)) if region.field.question in inked else b"",
            nothing,
        )
        for region, nothing in zip(printed.regions, empty, strict=True)
    )


def _pictures(
    page: "Grey", printed: Page, marks: Mapping[Field, Mapping[str, Mark]]
) -> dict[tuple[str, int], bytes]:
    """Return a picture of the bubbles of each form that a person may have to see, with what stands around them."""
    places: dict[tuple[str, int], list[Point]] = {}
    for bubble in printed.bubbles:
        places.setdefault((bubble.field.question, bubble.field.form), []).append(bubble.at)
    plain = {
        (field.question, field.form)
        for field, seen in marks.items()
        if not field.row and all(mark.is_sure for mark in seen.values()) and _count(seen) < 2
    }
    places = {name: points for name, points in places.items() if name not in plain}
    width = page.shape[1] / PIXELS
    return {
        name: _cut(
            page,
            (EDGE, min(y for _, y in points) - ABOVE),
            (width - EDGE, max(y for _, y in points) + BELOW),
        )
        for name, points in places.items()
    }


def _count(seen: Mapping[str, Mark]) -> int:
    return sum(mark is Mark.MARKED for mark in seen.values())


def _around(start: Point, end: Point) -> tuple[Point, Point]:
    """Return what is cut out of a place to write in: people write over its edges."""
    return (start[0] - 2, start[1] - 3), (end[0] + 6, end[1] + 2)


def _is_empty(dark: Darkness, region: Region) -> bool:
    """Whether there is no ink but that of the printed lines, and of the number at the start."""
    import cv2

    (left, top), (right, bottom) = ((round(x * PIXELS), round(y * PIXELS)) for x, y in (region.start, region.end))
    ink = (dark[top:bottom, left + 3 * PIXELS : right - PIXELS] > INK).astype(np.uint8)
    for down in region.lines:
        middle = round((down * PIXELS) - top)
        ink[max(middle - BESIDE, 0) : middle + BESIDE + 1] = 0
    return float(np.sum(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)))) < INKED * PIXELS**2


def _cut(page: "Grey", start: Point, end: Point) -> bytes:
    """Return a part of a flat page as a small picture."""
    import cv2

    height, width = page.shape
    left, right = (min(max(round(x * PIXELS), 0), width) for x in (start[0], end[0]))
    top, bottom = (min(max(round(y * PIXELS), 0), height) for y in (start[1], end[1]))
    part = cv2.resize(page[top:bottom, left:right], None, fx=0.7, fy=0.7, interpolation=cv2.INTER_AREA)
    return _encoded(part)


def _small(picture: "Grey") -> bytes:
    import cv2

    scale = min(1.0, WIDE / max(picture.shape))
    return _encoded(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))


def _encoded(picture: Any) -> bytes:
    import cv2

    return cv2.imencode(".webp", picture, [cv2.IMWRITE_WEBP_QUALITY, QUALITY])[1].tobytes()
