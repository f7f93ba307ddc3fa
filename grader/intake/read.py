"""Read one student's folder: regular files within limits; no link is followed, nothing that could hang is opened.

Folders are entered and files are opened one name at a time from a descriptor of the folder above, with
``O_NOFOLLOW``, so that nothing outside the folder can be reached whatever is renamed meanwhile. Files are opened
with ``O_NONBLOCK`` and looked at again once they are open. Where the system has no such calls (Windows) paths are
used, and links are looked for.

What is left out is told in a note; hidden files, caches and virtual environments are left out without one.
"""

import errno
import hashlib
import heapq
import os
import stat
from collections import deque
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from grader.errors import SubmissionError
from grader.intake.find import is_clutter, is_source, student_id
from grader.model.inputs import SourceFile, Submission

__all__ = ["read_submission"]

FILE_BYTES = 4 << 20
TOTAL_BYTES = 16 << 20
MOST_FILES = 512
MOST_DEPTH = 8  # folders inside folders
MOST_ENTRIES = 50_000  # looked at in one submission
MOST_NOTES = 20
NAME_LENGTH = 120

_BENEATH = os.open in os.supports_dir_fd and os.scandir in os.supports_fd
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _NO_LINK
_FILE = os.O_RDONLY | getattr(os, "O_BINARY", 0) | _NO_LINK

Parts = tuple[str, ...]
Handle = int | Path  # a descriptor of a folder, or its path where there are no descriptors of folders


@dataclass(slots=True)
class _Notes:
    """What is said about files that were left out; beyond a number they are only counted."""

    texts: list[str] = field(default_factory=list[str])
    more: int = 0

    def add(self, parts: Parts, why: str) -> None:
        if len(self.texts) < MOST_NOTES:
            self.texts.append(f"{_shown(parts)}: left out, {why}")
        else:
            self.more += 1

    def all(self) -> tuple[str, ...]:
        return (*self.texts, f"and {self.more} more left out") if self.more else tuple(self.texts)


def read_submission(folder: Path) -> Submission:
    """Read a student's folder; what cannot be read is told in the submission's notes.

    Raises SubmissionError where there is no such folder.
    """
    if not os.path.lexists(folder) or not (folder.is_dir() or folder.is_symlink()):
        raise SubmissionError(f"there is no folder {str(folder)!r}", hint="Name the folder that holds the files.")
    notes = _Notes()
    files: list[SourceFile] = []
    try:
        files = _read_files(folder, notes)
    except OSError as error:
        is_link = folder.is_symlink()
        notes.texts.append(
            "the folder is a link, and links are not followed: nothing was read"
            if is_link
            else f"the folder cannot be read: {error.strerror}"
        )
    if not files and not notes.texts:
        notes.texts.append("the folder is empty")
    try:
        folder.name.encode()
    except UnicodeEncodeError:
        notes.texts.append("the folder's name is not valid UTF-8")
    return Submission(student_id(folder), tuple(files), notes.all(), _digest(files))


def _read_files(folder: Path, notes: _Notes) -> list[SourceFile]:
    """Read what fits into the limits, sources first; return it by path."""
    files: list[SourceFile] = []
    total = 0
    for _, _, parts in _survey(folder, notes):
        read = _read_file(folder, parts)
        if isinstance(read, str):
            notes.add(parts, read)
        elif total + len(read) > TOTAL_BYTES:
            notes.add(parts, f"all files together would be more than {_size(TOTAL_BYTES)}")
        else:
            total += len(read)
            files.append(SourceFile("/".join(parts), read))
    return sorted(files, key=lambda file: file.path)


def _survey(folder: Path, notes: _Notes) -> list[tuple[bool, int, Parts]]:
    """Return the files worth reading, sources first, then those nearer to the top."""
    found: list[tuple[bool, int, Parts]] = []
    waiting: deque[Parts] = deque([()])
    seen = 0
    while waiting and seen < MOST_ENTRIES:
        above = waiting.popleft()
        try:
            with _entered(folder, above) as handle, os.scandir(handle) as entries:
                listed = heapq.nsmallest(MOST_ENTRIES - seen, entries, key=_sources_first)
                seen += len(listed)
                if any(entry.name == "pyvenv.cfg" for entry in listed) and above:
                    continue
                for entry in listed:
                    _look(entry, (*above, entry.name), found, waiting, notes)
        except OSError as error:
            if not above:
                raise
            notes.add(above, f"it cannot be read ({error.strerror})")
    if waiting or seen >= MOST_ENTRIES:
        notes.texts.append(
            f"the folder holds more than {MOST_ENTRIES:,} files and folders: not all were looked at"
        )
    found.sort()
    for _, _, parts in found[MOST_FILES:]:
        notes.add(parts, f"there are more than {MOST_FILES} files")
    return found[:MOST_FILES]


def _sources_first(entry: "os.DirEntry[str]") -> tuple[bool, str]:
    return not is_source(entry.name), entry.name


def _look(
    entry: "os.DirEntry[str]",
    parts: Parts,
    found: list[tuple[bool, int, Parts]],
    waiting: "deque[Parts]",
    notes: _Notes,
) -> None:
    """Sort one entry of a folder: to be read, to be entered, or to be left out."""
    if is_clutter(entry.name):
        return
    try:
        entry.name.encode()
        status = entry.stat(follow_symlinks=False)
    except UnicodeEncodeError:
        notes.add(parts, "its name is not valid UTF-8")
        return
    except OSError as error:
        notes.add(parts, f"it cannot be read ({error.strerror})")
        return
    why = _refusal(status)
    if stat.S_ISDIR(status.st_mode):
        if len(parts) > MOST_DEPTH:
            notes.add(parts, f"it lies deeper than {MOST_DEPTH} folders")
        else:
            waiting.append(parts)
    elif why:
        notes.add(parts, why)
    else:
        found.append((not is_source(entry.name), len(parts), parts))


def _refusal(status: os.stat_result) -> str:
    """Say why a file is not read, from what the system says of it; nothing where it may be."""
    mode = status.st_mode
    if stat.S_ISREG(mode):
        too_large = status.st_size > FILE_BYTES
        return f"{_size(status.st_size)} is more than {_size(FILE_BYTES)}" if too_large else ""
    if stat.S_ISLNK(mode):
        return "it is a link"
    kinds = ((stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"), (stat.S_ISDIR, "a folder"))
    kind = next((word for test, word in kinds if test(mode)), "a device")
    return f"it is {kind}, not a file"


def _read_file(folder: Path, parts: Parts) -> bytes | str:
    """Return a file's bytes, or why it is left out."""
    try:
        with _entered(folder, parts[:-1]) as handle:
            descriptor = _open(handle, parts[-1], _FILE)
        with os.fdopen(descriptor, "rb") as file:
            why = _refusal(os.fstat(descriptor))
            if why:
                return why
            data = file.read(FILE_BYTES + 1)
    except OSError as error:
        return "it is a link" if error.errno == errno.ELOOP else f"it cannot be read ({error.strerror})"
    return data if len(data) <= FILE_BYTES else f"it is more than {_size(FILE_BYTES)}"


@contextmanager
def _entered(folder: Path, parts: Parts) -> Generator[Handle, None, None]:
    """Enter a folder name by name, following no link."""
    handle = os.open(folder, _FOLDER) if _BENEATH else _no_link(folder)
    try:
        for name in parts:
            deeper = _open(handle, name, _FOLDER) if isinstance(handle, int) else _no_link(handle / name)
            _close(handle)
            handle = deeper
        yield handle
    finally:
        _close(handle)


def _open(above: Handle, name: str, flags: int) -> int:
    if isinstance(above, int):
        return os.open(name, flags, dir_fd=above)
    return os.open(_no_link(above / name), flags)


def _no_link(path: Path) -> Path:
    if path.is_symlink():
        raise OSError(errno.ELOOP, "it is a link", str(path))
    return path


def _close(handle: Handle) -> None:
    if isinstance(handle, int):
        os.close(handle)


def _size(count: int) -> str:
    """Write a size in bytes as people do."""
    for unit, name in ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")):
        if count >= unit:
            return f"{count / unit:.3g} {name}" if count < 1000 * unit else f"{count // unit} {name}"
    return f"{count} bytes"


def _shown(parts: Parts) -> str:
    path = os.fsencode("/".join(parts)).decode("utf-8", "backslashreplace")
    return path if len(path) <= NAME_LENGTH else path[: NAME_LENGTH - 1] + "…"


def _digest(files: list[SourceFile]) -> str:
    digest = hashlib.sha256()
    for file in files:
        path = file.path.encode()
        digest.update(len(path).to_bytes(8, "little") + path + len(file.data).to_bytes(8, "little") + file.data)
    return digest.hexdigest()
