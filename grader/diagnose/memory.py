"""What was worked out before, so that a hundred classmates who are wrong in the same way cost what one costs.

Two answers are the same here where all of it that a diagnosis looks at is: how each call ended, what it raised,
and every bit that came back.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from grader.model.outcome import Outcome

__all__ = ["Memory", "identity"]

MOST_REMEMBERED = 4096
Found = TypeVar("Found")


class Memory:
    """Results by what they were worked out from; forgets everything when it is full."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], Any] = {}

    def once(self, key: tuple[Any, ...], work: Callable[[], Found]) -> Found:
        """Return what ``work`` gives, without doing it again for a key that is known."""
        if key not in self._known:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[key] = work()
        return cast("Found", self._known[key])


def identity(outcomes: Mapping[str, Outcome]) -> bytes:
    """Return a digest of all that a diagnosis may look at; equal only where everything is."""
    digest = hashlib.blake2b(digest_size=16)
    for name, outcome in outcomes.items():
        raised = outcome.raised
        values = [
            (one.type, one.note, None if one.array is None else (one.array.dtype.str, one.array.shape))
            for one in outcome.values
        ]
        ended = (outcome.status.value, outcome.count, outcome.returned, outcome.changed)
        digest.update(repr((name, ended, raised and (raised.type, raised.text), values)).encode())
        for one in outcome.values:
            if one.array is not None:
                digest.update(one.array.tobytes())
    return digest.digest()
