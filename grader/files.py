"""Where what is kept between runs lies; and results, written so that nobody ever sees half of one.

They are written beside, flushed, then renamed.
"""

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from grader.errors import OutputError

__all__ = ["default_cache", "make_folder", "output_error", "write_beside", "write_bytes_beside"]

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG}


def default_cache() -> Path | None:
    """Return the folder for answer keys of this user, or None where there is no home."""
    root = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(root) if root else Path.home() / ".cache") / "gradegate"
    except RuntimeError:
        return None


def output_error(path: Path, error: OSError) -> OutputError:
    """Say in one sentence why ``path`` cannot be written; a full disk exits with 3, since grades are missing."""
    words = OutputError(
        f"cannot write {str(path)!r}: {error.strerror or error}",
        hint="What is graded so far is kept; make room and run the same command again."
        if error.errno in FULL
        else "Choose another folder with --out, or make this one writable.",
    )
    if error.errno in FULL:
        words.exit_code = 3
    return words


def make_folder(folder: Path) -> None:
    """Make a folder and its parents; raise OutputError where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise output_error(folder, error) from error


def write_beside(path: Path, chunks: Iterable[str]) -> None:
    """Write text to a temporary file in the same folder, then rename it over ``path``.

    The old content stays whole until the new one is; raises OutputError and leaves no temporary file behind.
    """
    write_bytes_beside(path, (chunk.encode("utf-8", "backslashreplace") for chunk in chunks))


def write_bytes_beside(path: Path, chunks: Iterable[bytes]) -> None:
    """Write bytes in the same way."""
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        with os.fdopen(handle, "wb") as stream:
            for chunk in chunks:
                stream.write(chunk)
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(path)
    except OSError as error:
        raise output_error(path, error) from error
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink(missing_ok=True)
