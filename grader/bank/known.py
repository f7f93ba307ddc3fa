"""Remember what was found to be without fault: the shape of a file, and whole topics.

So that the next start need neither import pydantic nor read every formula of a quiz again. A thing is known by its
digest and that of the code that checks: a change of either is another name. One empty file stands for each.
Without a cache, or where it cannot be written, everything is checked each time.
"""

import hashlib
from pathlib import Path

from grader.engine import engine_digest

__all__ = ["Known"]


class Known:
    """What is known to be right, by its digest; nothing is known of what has none."""

    def __init__(self, cache: Path | None) -> None:
        self._folder = cache / "sound" if cache else None
        # how YAML is read, the schema, every kind, and how formulas are read
        self._code = engine_digest("bank", "kinds", "numerics") if cache else ""

    def has(self, digest: str) -> bool:
        """Whether nothing was found wrong with it before."""
        mark = self._mark(digest)
        return mark is not None and mark.is_file()

    def add(self, digest: str) -> None:
        """Remember that nothing is wrong with it."""
        mark = self._mark(digest)
        if mark is None:
            return
        try:
            mark.parent.mkdir(parents=True, exist_ok=True)
            mark.touch()
        except OSError:
            return  # a cache that cannot be written costs time, nothing else

    def _mark(self, digest: str) -> Path | None:
        if self._folder is None or not digest:
            return None
        return self._folder / hashlib.sha256((self._code + digest).encode()).hexdigest()
