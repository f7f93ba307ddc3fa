"""Random choices that are the same on every machine: a stream of bits from HMAC-SHA256, and nothing else.

A stream is made from a key; a branch of it, by name, is a stream of its own, so that drawing one thing more in one
place changes nothing in another.
"""

import hashlib
import hmac
from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

__all__ = ["Stream"]

T = TypeVar("T")
BLOCK = 8  # bytes of one draw


class Stream:
    """Draws that follow from a key."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._drawn = 0

    @classmethod
    def of(cls, secret: bytes, *names: str) -> "Stream":
        """Make the stream of a secret and some names; names that differ anywhere give another stream."""
        return cls(_mac(secret, _joined(names)))

    def branch(self, *names: str) -> "Stream":
        """Return the stream of this one's key and some names, whatever was drawn so far."""
        return Stream.of(self._key, *names)

    def below(self, count: int) -> int:
        """Draw a whole number from 0 to ``count - 1``, each as likely as any other."""
        if count < 1:
            raise ValueError(f"there is nothing to choose from: {count}")
        most = (1 << 8 * BLOCK) // count * count
        while (number := self._next()) >= most:  # the rest would favour small numbers
            pass
        return number % count

    def choice(self, things: Sequence[T]) -> T:
        """Draw one of some things."""
        return things[self.below(len(things))]

    def shuffled(self, things: Sequence[T]) -> tuple[T, ...]:
        """Draw an order of some things."""
        left = list(things)
        return tuple(left.pop(self.below(len(left))) for _ in things)

    def on_grid(self, low: Fraction, high: Fraction, step: Fraction) -> Fraction:
        """Draw one of ``low``, ``low + step``, ... up to ``high``."""
        return low + step * self.below(int((high - low) / step) + 1)

    def _next(self) -> int:
        block = _mac(self._key, self._drawn.to_bytes(8, "big"))
        self._drawn += 1
        return int.from_bytes(block[:BLOCK], "big")


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()


def _joined(names: Sequence[str]) -> bytes:
    """Write names so that no two sequences of them read alike."""
    parts = [name.encode("utf-8", "surrogatepass") for name in names]
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
