"""Look at what an author wrote without trusting its shape.

What is of the wrong type looks absent here: the schema has complained about it, and a second complaint about what
follows from it would only confuse.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

__all__ = ["Path", "View"]

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A mapping as it was written, and the way to it."""

    value: Any
    path: Path = ()

    def has(self, key: str) -> bool:
        """Whether the key was written, with whatever value."""
        return isinstance(self.value, dict) and key in self.value

    def get(self, key: str) -> Any:
        """Return the value of a key, or None."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def text(self, key: str) -> str:
        """Return the text of a key, or an empty one."""
        found = self.get(key)
        return found if isinstance(found, str) else ""

    def view(self, key: str) -> "View":
        """Look at the mapping of a key."""
        return View(self.get(key), (*self.path, key))

    def views(self, key: str) -> "list[View]":
        """Look at the mappings in the list of a key; None when there is no list."""
        return [View(part, path) for path, part in self.parts(key) if isinstance(part, dict)]

    def texts(self, key: str) -> list[tuple[Path, str]]:
        """Return the texts in the list of a key, each with the way to it."""
        return [(path, part) for path, part in self.parts(key) if isinstance(part, str)]

    def parts(self, key: str) -> Iterator[tuple[Path, Any]]:
        """Go through the list of a key, or through its mapping, each value with the way to it."""
        found = self.get(key)
        if isinstance(found, list):
            yield from (((*self.path, key, index), part) for index, part in enumerate(found))
        elif isinstance(found, dict):
            yield from (((*self.path, key, name), part) for name, part in found.items())

    def at(self, *keys: str | int) -> Path:
        """Return the way to something in this mapping."""
        return (*self.path, *keys)
