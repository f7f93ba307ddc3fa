"""Keep tables of numbers in one file that is believed only when it is whole, of this engine, and for this key.

A file holds, for each table, its words, the numbers of its rows in the list that it was made of, its numbers, and
how far each row is from the others where that was worked out. Nothing is unpickled.
"""

import contextlib
import io
import json
import os
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["CODE", "Kept", "read", "write"]

CODE = (
    "diagnose",
    "judge",
    "numerics",
    "assessment",
)  # its folders that decide about numbers
Kept = list[tuple[tuple[str, ...], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]]


def read(file: Path, name: str) -> Kept | None:
    """Read a file back; None where it does not hold what it should."""
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as data:
            header = json.loads(bytes(data["header"]))
            if header["name"] != name:
                return None
            return [
                (tuple(words), data[f"rows{place}"], data[f"numbers{place}"], data[f"nearest{place}"])
                for place, words in enumerate(header["words"])
            ]
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return None


def write(file: Path, name: str, kept: Kept) -> None:
    """Write beside and rename into place; give up silently where that cannot be done."""
    header = json.dumps({"name": name, "words": [words for words, *_ in kept]}).encode()
    arrays: dict[str, Any] = {}
    for place, (_, rows, numbers, nearest) in enumerate(kept):
        arrays |= {f"rows{place}": rows, f"numbers{place}": numbers, f"nearest{place}": nearest}
    data = io.BytesIO()
    np.savez(data, header=np.frombuffer(header, np.uint8), **arrays)
    temporary = ""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".part")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data.getbuffer())
        Path(temporary).replace(file)
    except OSError:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink(missing_ok=True)
