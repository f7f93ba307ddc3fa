"""Remember which files were found to have the right shape, so that the next start need not import pydantic.

A file is known by the digest of its bytes and of the code that checks shapes: a change of either is another name.
One empty file stands for each. Without a cache, or where it cannot be written, everything is checked each time.
"""

import hashlib
from pathlib import Path

from grader.bank.yaml12 import Document

__all__ = ["Known"]

_PACKAGE = Path(__file__).resolve().parents[1]


class Known:
    """The files whose shape is known to be right."""

    def __init__(self, cache: Path | None) -> None:
        self._folder = cache / "shapes" if cache else None
        self._code = _digest_of_code() if cache else ""

    def has(self, document: Document) -> bool:
        """Whether the document's shape was found right before."""
        mark = self._mark(document)
        return mark is not None and mark.is_file()

    def add(self, document: Document) -> None:
        """Remember that the document's shape is right."""
        mark = self._mark(document)
        if mark is None:
            return
        try:
            mark.parent.mkdir(parents=True, exist_ok=True)
            mark.touch()
        except OSError:
            return  # a cache that cannot be written costs time, nothing else

    def _mark(self, document: Document) -> Path | None:
        if self._folder is None or not document.digest:
            return None
        return self._folder / hashlib.sha256((self._code + document.digest).encode()).hexdigest()


def _digest_of_code() -> str:
    """Digest what decides about shapes: how YAML is read, the schema, and every kind."""
    total = hashlib.sha256()
    for path in [*sorted((_PACKAGE / "bank").glob("*.py")), *sorted((_PACKAGE / "kinds").rglob("*.py"))]:
        total.update(path.read_bytes())
    return total.hexdigest()
