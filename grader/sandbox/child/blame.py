"""An exception, told by its type, its text and the student's own lines; everything else is left out.

An exception is an object of the student's: its ``__str__`` may lie, raise or never end (the deadline ends it), its
class may hide its name. Only what the interpreter itself recorded is trusted to be readable.
"""

from tokenize import open as open_source  # now: importlib looks for tokenize later, and may find a student's file
from types import TracebackType
from typing import Any

import values

__all__ = ["Sources", "raised", "text_of"]

TEXT, LINE, OUTER, INNER = 2048, 200, 4, 8
MOST_LINES = 10**9

_traceback_of = BaseException.__dict__["__traceback__"].__get__


class Sources:
    """The student's own files as tracebacks name them, and their lines."""

    def __init__(self) -> None:
        self.root = ""
        self._lines: dict[str, list[str]] = {}
        self._labels: dict[str, str] = {}

    def add(self, filename: str, label: str, text: str) -> None:
        """Remember the text of what was compiled as ``filename``; people read ``label``."""
        self._labels[filename] = label
        self._lines[filename] = text.splitlines()

    def label(self, filename: str) -> str:
        """Return how people call a file of the student's; empty for any other file."""
        if filename in self._labels:
            return self._labels[filename]
        if filename.startswith(self.root) and filename[len(self.root) :][:1] in ("/", "\\"):
            return filename[len(self.root) + 1 :].replace("\\", "/")
        return ""

    def line(self, filename: str, number: int) -> str:
        """Return one line of a file of the student's, or nothing where it cannot be read."""
        if filename not in self._lines:
            self._lines[filename] = _read_lines(filename)
        lines = self._lines[filename]
        return lines[number - 1].strip()[:LINE] if 0 < number <= len(lines) else ""


def raised(error: BaseException, sources: Sources) -> dict[str, Any]:
    """Return an exception as the reply's header has it."""
    frames = _frames(error, sources)
    if isinstance(error, SyntaxError) and isinstance(error.filename, str) and sources.label(error.filename):
        line = error.lineno if type(error.lineno) is int and 0 < error.lineno < MOST_LINES else 0
        frames.append([sources.label(error.filename), line, "", sources.line(error.filename, line)])
    return {"type": values.type_name(error), "text": text_of(error, sources.root), "frames": frames}


def text_of(error: BaseException, root: str = "") -> str:
    """Return what an exception says about itself, cut to a bearable length.

    Files beneath ``root`` are named from there, since its own name may be a random one.
    """
    try:
        text = str(error)
        if root:
            text = str.replace(text, f"{root}/", "")
    except MemoryError:
        raise
    except BaseException as second:  # noqa: BLE001 - a student's __str__ may raise whatever it likes
        return f"(its text cannot be read: {values.type_name(second)})"
    return str.__getitem__(text, slice(None, TEXT))


def _frames(error: BaseException, sources: Sources) -> list[list[Any]]:
    """Return the student's own lines, outermost first; of a long recursion both ends."""
    found: list[tuple[str, int, str]] = []
    step: TracebackType | None = _traceback_of(error)
    while step is not None:
        code = step.tb_frame.f_code
        if sources.label(code.co_filename):
            found.append((code.co_filename, step.tb_lineno, code.co_name))
        step = step.tb_next
    if len(found) > OUTER + INNER:
        found = found[:OUTER] + found[-INNER:]
    return [
        [sources.label(file), line or 0, name[:LINE], sources.line(file, line or 0)] for file, line, name in found
    ]


def _read_lines(filename: str) -> list[str]:
    """Read a source file by the encoding that it declares itself."""
    try:
        with open_source(filename) as file:
            return file.readlines()
    except (OSError, ValueError, SyntaxError, LookupError):
        return []
