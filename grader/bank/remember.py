"""Remember what was worked out of a bank, by the digest of all that it depends on.

What is kept is plain JSON. The names of a thing hold everything that decides about it but our own code, whose
digest comes to them: another version of the program remembers nothing of this one.
"""

import contextlib
import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from grader.engine import engine_digest
from grader.errors import OutputError
from grader.files import write_beside

__all__ = ["remembered"]


def remembered(cache: Path | None, names: Sequence[str], make: Callable[[], Any]) -> Any:
    """Return what ``make`` gives as JSON has it, from the folder ``cache`` where it is there already."""
    if cache is None:
        return json.loads(json.dumps(make()))
    name = hashlib.sha256(json.dumps([engine_digest(), *names]).encode()).hexdigest()
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
