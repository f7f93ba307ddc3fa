"""Keep tables of numbers in one file that is believed only when it is whole, of this engine, and for this key.

A file holds, for each table, its words, the numbers of its rows in the list that it was made of, its numbers, and
how far each row is from the others where that was worked out. Nothing is unpickled.
"""

import contextlib
import hashlib
import io
import json
import os
import tempfile
import zipfile
from functools import cache as once
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Kept", "engine_digest", "read", "write"]

Kept = list[tuple[tuple[str, ...], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]]


@once
def engine_digest() -> str:
    """Return a digest of the code that runs and compares."""
    digest = hashlib.sha256(f"numpy {np.__version__}".encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.name.encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()


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
