"""A picture of a page as it was printed: the code is read, the corner marks are found, perspective is undone.

The code tells roughly where each corner mark is. Of the dark squares there, those four are taken through which the
code itself comes to lie where it was printed; where no four do, the page is not read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from grader.export.print.identity import Identity
from grader.scan.picture import UnreadableError
from grader.scan.plan import Plan, Point

if TYPE_CHECKING:
    from grader.scan.picture import Grey

__all__ = ["PIXELS", "Corners", "Seen", "evened", "flat", "read_code"]

Corners = np.ndarray[Any, np.dtype[np.float32]]  # (4, 2), clockwise from the upper left of the page
FINE = 4  # pixels a millimetre at which corner marks are looked for
PIXELS = 8  # a millimetre of a page that was made flat
NEAR = 0.3  # of the page's width: how far from its place by the code alone a mark may seem to be
CANDIDATES = 5  # for each corner
MOST_OFF = 1.3  # millimetres by which the code may lie beside its place
PAPER_GRAIN = 25.0  # pixels: what is smaller than this in a picture made small is not the light on the paper


@dataclass(frozen=True, slots=True)
class Seen:
    """A code that was read, and where its corners are in the picture."""

    identity: Identity
    corners: Corners


def read_code(picture: "Grey") -> Seen:
    """Find and read the code of a page. Raises UnreadableError where there is none, or more than one."""
    import cv2

    smaller = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    tries: Iterator[tuple[Grey, float]] = (
        (cast("Grey", make()), scale)
        for make, scale in (
            (lambda: smaller, 0.5),  # mostly enough, and noise matters less
            (lambda: picture, 1.0),
            (lambda: cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), 2.0),
            (lambda: (evened(picture) * 255).astype(np.uint8), 1.0),
        )
        if scale < 2 or picture.size < 10_000_000
    )
    for tried, scale in tries:
        found = {str(one.identity): one for one in _codes(tried, scale)}
        if len(found) > 1:
            raise UnreadableError("there is more than one page in the picture")
        if found:
            return next(iter(found.values()))
    raise UnreadableError("no code of a sheet can be read on it")


def _codes(picture: "Grey", scale: float) -> Iterator[Seen]:
    import zxingcpp

    for one in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])):
        identity = Identity.read(one.text)
        if identity is not None:
            at = one.position
            corners = [(p.x, p.y) for p in (at.top_left, at.top_right, at.bottom_right, at.bottom_left)]
            yield Seen(identity, np.array(corners, np.float32) / np.float32(scale))


def evened(picture: "Grey") -> "np.ndarray[Any, np.dtype[np.float32]]":
    """Return how light each pixel is beside the paper around it: 1 is paper, whatever the light was."""
    import cv2

    scale = min(1.0, 400 / max(picture.shape))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    size = int(PAPER_GRAIN) | 1
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    paper = cv2.GaussianBlur(paper, (0, 0), size / 3)
    height, width = picture.shape
    light = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.float32)
    return np.clip(picture.astype(np.float32) / np.maximum(light, 1.0), 0.0, 1.0).astype(np.float32)


def flat(picture: "Grey", seen: Seen, plan: Plan) -> "Grey":
    """Return a page as it was printed, PIXELS a millimetre. Raises UnreadableError where a corner is hidden."""
    import cv2

    corners = _corners(picture, seen, plan)
    wanted = np.array(plan.marks, np.float32) * PIXELS
    size = round(plan.size[0] * PIXELS), round(plan.size[1] * PIXELS)
    source = picture
    shrink = _width(corners) / (plan.marks[1][0] - plan.marks[0][0]) / PIXELS
    if shrink > 1.6:  # many pixels become one: mean them first
        source = cv2.GaussianBlur(picture, (0, 0), shrink / 2.5)
    matrix = cv2.getPerspectiveTransform(corners, wanted)
    return cv2.warpPerspective(source, matrix, size, flags=cv2.INTER_LINEAR, borderValue=255)  # type: ignore[return-value]


def _width(corners: Corners) -> float:
    return float(np.linalg.norm(corners[1] - corners[0]))


def _corners(picture: "Grey", seen: Seen, plan: Plan) -> Corners:
    """Find the centres of the corner marks."""
    import cv2

    code = np.array(plan.code, np.float32)
    scale = float(np.mean(np.linalg.norm(seen.corners - np.roll(seen.corners, 1, axis=0), axis=1))) / (
        plan.code[1][0] - plan.code[0][0]
    )
    squares = _squares(picture, scale * plan.mark, plan.mark)
    rough: Any = cv2.estimateAffinePartial2D(code, seen.corners)[0]
    if len(squares) < 4 or rough is None:
        raise UnreadableError("its corner marks cannot be found")
    best, least = None, MOST_OFF
    for four in product(*(_near(mark, squares, rough, plan) for mark in plan.marks)):
        if len({tuple(one) for one in four}) < 4:
            continue
        corners = np.array(four, np.float32)
        matrix = cv2.getPerspectiveTransform(corners, np.array(plan.marks, np.float32))
        there = cv2.perspectiveTransform(seen.corners.reshape(1, 4, 2), matrix)[0]
        off = float(np.max(np.linalg.norm(there - code, axis=1)))
        if off < least:
            best, least = corners, off
    if best is None:
        raise UnreadableError("its corner marks cannot be found: one is hidden, or the page is bent")
    return best


def _near(mark: Point, squares: Sequence[Point], rough: Any, plan: Plan) -> list[Point]:
    """Return the dark squares that can be a mark, the nearest first."""
    guess = rough @ np.array([mark[0], mark[1], 1.0])
    reach = NEAR * plan.size[0] * float(np.hypot(rough[0, 0], rough[1, 0]))
    distances = [float(np.hypot(x - guess[0], y - guess[1])) for x, y in squares]
    order = sorted(range(len(squares)), key=distances.__getitem__)
    return [squares[n] for n in order if distances[n] < reach][:CANDIDATES]


def _squares(picture: "Grey", side: float, mark: float) -> list[Point]:
    """Return the centres of dark squares with sides of about so many pixels, which are ``mark`` millimetres."""
    import cv2

    shrink = min(1.0, FINE * mark / side)
    if shrink < 1:
        picture = cast("Grey", cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA))
    side *= shrink
    dark = (evened(picture) < 0.55).astype(np.uint8)
    count, labels, stats, centres = cv2.connectedComponentsWithStats(dark, connectivity=4)
    found: list[Point] = []
    for n in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[n])
        if not (0.35 < area / side**2 < 2.5 and max(width, height) < 2.4 * side):
            continue
        inside = (labels[y : y + height, x : x + width] == n).astype(np.uint8)
        outline, _ = cv2.findContours(inside, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        (_, (one, other), _) = cv2.minAreaRect(outline[0])
        box = (one + 1) * (other + 1)
        if area / box > 0.82 and min(one, other) > 0.5 * max(one, other):
            found.append(
                ((float(centres[n][0]) + 0.5) / shrink - 0.5, (float(centres[n][1]) + 0.5) / shrink - 0.5)
            )
    return found
