"""The private folder: a student's files, laid out by the fork before it is sealed, gone after the run.

It lies in memory, is limited in size, and is the working directory of the process. The fork itself reads the files
from its pipe and writes them, so that the zygote never holds a byte of them that the next student's fork would
inherit; sealed, the fork may only read. The zygote empties the folder, again without learning a name: entries are
read into a buffer that is wiped, and handed to the kernel from there.

Paths come from the trusted side, which has checked them; what climbs out is refused here once more.
"""

import ctypes
import os
import platform
import struct
from typing import Any

__all__ = ["RefusedError", "empty", "fill"]

DEEPEST = 100
GETDENTS = {"x86_64": 217, "aarch64": 61}
ENTRY_LENGTH, ENTRY_KIND, ENTRY_NAME, IS_FOLDER, BUFFER = 16, 18, 19, 4, 32 << 10
AT_REMOVEDIR = 0x200

_library: Any = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
_getdents = GETDENTS.get(platform.machine(), 0)


class RefusedError(Exception):
    """A file cannot be written; the text says which and why."""


def fill(root: str, files: list[list[Any]], body: bytes) -> dict[str, bytes]:
    """Write files into ``root``, each given by its path and its size in ``body``; return them by path."""
    at = 0
    found: dict[str, bytes] = {}
    made: set[str] = set()
    for path, size in files:
        parts = path.split("/")
        if any(part in {"", ".", ".."} for part in parts) or len(parts) > DEEPEST:
            raise RefusedError(f"{path[:200]!r} is no path inside the folder")
        try:
            for depth in range(1, len(parts)):
                folder = "/".join(parts[:depth])
                if folder not in made:
                    made.add(folder)
                    os.makedirs(f"{root}/{folder}", 0o755, exist_ok=True)
            found[path] = body[at : at + size]
            _write(f"{root}/{path}", found[path])
        except (OSError, ValueError) as error:
            raise RefusedError(f"{path[:200]!r}: {getattr(error, 'strerror', None) or error}") from None
        at += size
    return found


def _write(path: str, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    fd = os.open(path, flags, 0o644)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(fd, view) :]
    finally:
        os.close(fd)


def empty(root: str) -> None:
    """Remove everything in ``root``, following no link. Linux only."""
    fd = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _empty(fd)
    finally:
        os.close(fd)


def _empty(fd: int) -> None:
    """Remove everything in an open folder: list, remove, and begin again until there is nothing."""
    buffer = ctypes.create_string_buffer(BUFFER)
    found = True
    while found:
        found = False
        os.lseek(fd, 0, os.SEEK_SET)
        while (length := _library.syscall(_getdents, fd, buffer, BUFFER)) > 0:
            found |= _remove(fd, buffer, length)
    ctypes.memset(buffer, 0, BUFFER)


def _remove(fd: int, buffer: Any, length: int) -> bool:
    """Remove the entries in a buffer; tell whether there were any."""
    address, at, found = ctypes.addressof(buffer), 0, False
    while at < length:
        name = ctypes.c_void_p(address + at + ENTRY_NAME)
        is_itself = buffer[at + ENTRY_NAME : at + ENTRY_NAME + 3].split(b"\0")[0] in (b".", b"..")
        if not is_itself:
            flags = 0
            if buffer[at + ENTRY_KIND] == bytes([IS_FOLDER]):
                flags = AT_REMOVEDIR
                inner = _library.openat(fd, name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
                _empty(inner)
                os.close(inner)
            if _library.unlinkat(fd, name, flags):
                raise OSError(ctypes.get_errno(), "the folder cannot be emptied")
            found = True
        at += struct.unpack_from("=H", buffer, at + ENTRY_LENGTH)[0]
    return found
