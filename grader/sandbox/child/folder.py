"""The private folder: a student's files, written before the fork, gone after the run.

It lies in memory, is limited in size, and is the working directory of the process. The zygote writes; a fork may only
read. Paths come from the trusted side, which has checked them; what climbs out is refused here once more.
"""

import os
from typing import Any

__all__ = ["RefusedError", "empty", "fill"]


class RefusedError(Exception):
    """A file cannot be written; the text says which and why."""


def fill(root: str, files: list[list[Any]], body: bytes) -> list[str]:
    """Write the files into ``root``; return the names at its top."""
    at = 0
    made: set[str] = set()
    top: dict[str, None] = {}
    for path, size in files:
        parts = path.split("/")
        if not path or path.startswith("/") or any(part in {"", ".", ".."} for part in parts):
            raise RefusedError(f"the path {path!r} leaves the folder")
        try:
            for depth in range(1, len(parts)):
                folder = "/".join(parts[:depth])
                if folder not in made:
                    made.add(folder)
                    os.makedirs(f"{root}/{folder}", 0o755, exist_ok=True)
            _write(f"{root}/{path}", body[at : at + size])
        except (OSError, ValueError) as error:
            raise RefusedError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
        at += size
        top[parts[0]] = None
    return list(top)


def _write(path: str, data: bytes) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), 0o644)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(fd, view) :]
    finally:
        os.close(fd)


def empty(root: str) -> None:
    """Remove everything in ``root``, following no link."""
    with os.scandir(root) as entries:
        found = list(entries)
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            empty(entry.path)
            os.rmdir(entry.path)
        else:
            os.unlink(entry.path)
