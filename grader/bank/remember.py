"""Remember what was worked out of a bank, by the digest of all that it depends on.

What is kept is plain JSON. The names of a thing hold everything that decides about it but our own code, whose
digest comes to them: another version of the program remembers nothing of this one.
"""

import contextlib
import hashlib
import json
from collections.abc import Callable, Sequence
from functools import cache as once
from pathlib import Path
from typing import Any

import numpy as np

from grader.errors import OutputError
from grader.files import write_beside

__all__ = ["remembered"]

_PACKAGE = Path(__file__).resolve().parents[1]


def remembered(cache: Path | None, names: Sequence[str], make: Callable[[], Any]) -> Any:
    """Return what ``make`` gives as JSON has it, from the folder ``cache`` where it is there already."""
    if cache is None:
        return json.loads(json.dumps(make()))
    name = hashlib.sha256(json.dumps([_code(), *names]).encode()).hexdigest()
    file = cache / "proofs" / f"{name[:40]}.json"
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(file.read_text("utf-8"))
        if kept["name"] == name:
            return kept["value"]
    text = json.dumps({"name": name, "value": make()})
    with contextlib.suppress(OSError, OutputError):  # a cache that cannot be written costs time, nothing else
        file.parent.mkdir(parents=True, exist_ok=True)
        write_beside(file, [text])
    return json.loads(text)["value"]


@once
def _code() -> str:
    """Digest this program, and NumPy's version: what is proved depends on much of it."""
    total = hashlib.sha256(f"numpy {np.__version__}".encode())
    for path in sorted(_PACKAGE.rglob("*.py")):
        total.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()
