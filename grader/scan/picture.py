"""Files of scans as grey pictures: PDF, JPEG, PNG, TIFF; a page at a time, so that memory stays small."""

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from grader.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from pypdfium2 import PdfDocument

    Grey = np.ndarray[Any, np.dtype[np.uint8]]  # (height, width), 0 is black

__all__ = ["KINDS", "Source", "UnreadableError", "close_files", "need_scanning", "open_picture", "sources"]

KINDS = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")
DPI = 200  # at which pages of a PDF are drawn
MOST_PIXELS = 40_000_000
LEAST_SIDE = 200  # pixels: on less no mark of a page could be told from its neighbour
MOST_BYTES = 1 << 30


class UnreadableError(Exception):
    """A page cannot be drawn; the words say why."""


@dataclass(frozen=True, slots=True)
class Source:
    """One page of one file, counted from 1; 0 where the whole file cannot be read, and ``fault`` says why."""

    file: str
    page: int
    fault: str = ""

    def __str__(self) -> str:
        return f"{self.file}, page {self.page}" if self.page else self.file


def need_scanning() -> None:
    """Raise InputError where what reads scans is not installed."""
    wanted = {"cv2": "opencv-python-headless", "zxingcpp": "zxing-cpp", "pypdfium2": "pypdfium2"}
    missing = [package for module, package in wanted.items() if importlib.util.find_spec(module) is None]
    if missing:
        words = f"scans cannot be read: {', '.join(missing)} not installed"
        raise InputError(words, hint='Install it: pip install "gradegate[scan]"')


def sources(paths: list[Path]) -> Iterator[Source]:
    """Go through the pages of files, and of the files in folders, in the order of their names.

    Raises InputError for a path that is none; a file that cannot be read becomes a page with a fault.
    """
    for path in paths:
        if path.is_dir():
            inside = sorted(file for file in _listed(path) if file.suffix.lower() in KINDS)
            if not inside:
                raise InputError(f"there are no scans in {str(path)!r}", hint=f"Scans are {', '.join(KINDS)}.")
            yield from sources(inside)
        elif not path.is_file():
            raise InputError(f"there is no scan {str(path)!r}", hint="Name files or folders of scans.")
        elif path.suffix.lower() not in KINDS:
            raise InputError(f"{str(path)!r} is no scan", hint=f"Scans are {', '.join(KINDS)}.")
        else:
            yield from _pages(path)


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError as error:
        words = f"the folder {str(folder)!r} cannot be read: {(error.strerror or str(error)).lower()}"
        raise InputError(words, hint="Make it readable, or name its files.") from error


def _pages(path: Path) -> Iterator[Source]:
    try:
        count = _count(path)
    except UnreadableError as error:
        yield Source(str(path), 0, str(error))
        return
    yield from (Source(str(path), page) for page in range(1, count + 1))


def _count(path: Path) -> int:
    if path.suffix.lower() == ".pdf":
        return len(_pdf(str(path)))
    if path.suffix.lower().startswith(".tif"):
        return max(1, _quiet_cv2().imcount(str(path)))
    return 1


def open_picture(source: Source) -> "Grey":
    """Return a page as a grey picture. Raises UnreadableError."""
    if source.fault:
        raise UnreadableError(source.fault)
    try:
        made = _drawn(source) if source.file.lower().endswith(".pdf") else _decoded(source)
    except (OSError, RuntimeError, ValueError) as error:
        raise UnreadableError(f"the file cannot be read: {error}") from error
    return _within(made)


def _drawn(source: Source) -> "Grey":
    page = _pdf(source.file)[source.page - 1]
    width, height = page.get_size()
    scale = min(DPI / 72, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
    return page.render(scale=cast("int", scale), grayscale=True).to_numpy().copy()  # its memory goes with the page


_open: "dict[str, PdfDocument]" = {}  # one at most: the pages of a file follow each other


def _pdf(path: str) -> "PdfDocument":
    from pypdfium2 import PdfDocument, PdfiumError

    if path not in _open:
        close_files()
        try:
            _open[path] = PdfDocument(path)
        except PdfiumError as error:
            raise UnreadableError(f"the PDF cannot be read: {error}") from error
    return _open[path]


def close_files() -> None:
    """Let go of the file that was read last."""
    while _open:
        _open.popitem()[1].close()


def _within(picture: "Grey") -> "Grey":
    """Return the picture, smaller where it has more pixels than anything could need.

    Raises UnreadableError where it has fewer than a page could have.
    """
    import cv2

    if min(picture.shape) < LEAST_SIDE:
        height, width = picture.shape
        raise UnreadableError(f"the picture is too small for a page: {width} by {height} pixels")
    scale = (MOST_PIXELS / picture.size) ** 0.5
    if scale >= 1:
        return picture
    return cast("Grey", cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))


def _decoded(source: Source) -> "Grey":
    import numpy as np

    cv2 = _quiet_cv2()
    data = Path(source.file).read_bytes()
    if len(data) > MOST_BYTES:
        raise UnreadableError("the file is too large")
    try:
        if source.file.lower().endswith((".tif", ".tiff")):
            done, pages = cv2.imdecodemulti(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
            made = pages[source.page - 1] if done and len(pages) >= source.page else None
        else:
            made = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    except cv2.error as error:
        raise UnreadableError(f"the picture cannot be read: {error.err}") from error
    if made is None:
        raise UnreadableError("the file is no picture, or a damaged one")
    return made


@lru_cache(maxsize=1)
def _quiet_cv2() -> Any:
    """Return OpenCV, told to keep from stderr what it raises as well, and to leave other cores to other pages."""
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    cv2.setNumThreads(1)
    return cv2
