"""What is printed and warned while student code runs: kept up to a limit, counted beyond it.

Both ``sys.stdout`` and ``sys.stderr`` become one text stream over a collector in memory, so that what is printed
belongs to the call that printed it. Descriptors 1 and 2 are a pipe that the trusted side drains: it sees what
C code writes, and whoever writes there directly.
"""

import io
import sys
import warnings
from collections.abc import Callable
from typing import Any

__all__ = ["Speech"]

WARNINGS, WARNING_LENGTH = 5, 200
QUIET = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)


def _nothing() -> None:
    """Stand in for what is called on a flood, until a job says what that is."""


class _Collector(io.BufferedIOBase):
    """The bytes end of the stream: keeps what fits, counts all, and gives up on a flood."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self._room, self._left, self._give_up = 0, 0, _nothing

    def limit(self, keep: int, flood: int, give_up: Callable[[], None]) -> None:
        self._room, self._left, self._give_up = keep, flood, give_up

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        size = len(data)
        if self._room > 0:
            kept = bytes(data[: self._room])
            self._room -= len(kept)
            self.parts.append(kept)
        self._left -= size
        if self._left < 0:
            self._give_up()
        return size


class Speech:
    """The captured output of one process; ``take`` hands out what came since it was last asked.

    Made in the zygote, where all of it but the limits can be set up once for every fork.
    """

    def __init__(self) -> None:
        self._collector = _Collector()
        buffer: Any = self._collector
        self._stream = io.TextIOWrapper(buffer, "utf-8", "backslashreplace")
        self._flush = self._stream.flush
        self.warned: list[str] = []
        self._told: set[str] = set()

    def prepare(self) -> None:
        """Put the stream in the place of stdout and stderr, and listen to warnings.

        All but those that Python itself keeps from whoever runs a program.
        """
        sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = self._stream  # type: ignore[misc]
        warnings.resetwarnings()
        warnings.simplefilter("always")
        for category in QUIET:
            warnings.simplefilter("ignore", category)
        warnings.showwarning = self._warn

    def limit(self, keep: int, flood: int, give_up: Callable[[], None]) -> None:
        """Set what is kept, and what is called when far more than that is printed."""
        self._collector.limit(keep, flood, give_up)

    def take(self) -> bytes:
        """Return what was printed since the last time, as UTF-8."""
        try:
            self._flush()
        except (ValueError, OSError):  # the student closed it
            return b""
        parts = self._collector.parts
        if not parts:
            return b""
        printed = b"".join(parts)
        parts.clear()
        return printed

    def take_warnings(self) -> list[str]:
        """Return what was warned since the last time, each text once."""
        warned = self.warned
        if warned:
            self.warned, self._told = [], set()
        return warned

    def _warn(self, message: Any, category: Any, *_where: object) -> None:
        if len(self.warned) < WARNINGS:
            text = f"{category.__name__}: {message}"[:WARNING_LENGTH]
            if text not in self._told:
                self._told.add(text)
                self.warned.append(text)
