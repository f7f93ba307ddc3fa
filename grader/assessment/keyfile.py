"""Keep an answer key in one file that is read at once and believed only when it is whole.

    MAGIC               12 bytes
    digest of the rest  32 bytes (BLAKE2b)
    length of header    8 bytes, little-endian
    header              JSON: the key's digest; cases, arguments and results; each array as [dtype, shape, offset]
    arrays              raw bytes, each at a multiple of 16; arrays that are the same object are there once

Nothing is unpickled. A file that is damaged, of another version or for another key is no file.
"""

import contextlib
import hashlib
import json
import math
import os
import tempfile
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.model.inputs import Argument, Form
from grader.model.key import AnswerKey, Expected, KeyedCase

__all__ = ["read", "write"]

MAGIC = b"gradegate-1\n"
DIGEST_BYTES = 32
START = len(MAGIC) + DIGEST_BYTES + 8
ALIGNMENT = 16


class _Arrays:
    """Gathers arrays into one run of bytes and says where each is."""

    def __init__(self) -> None:
        self.chunks: list[bytes] = []
        self.size = 0
        self.places: dict[int, list[Any]] = {}

    def place(self, array: NDArray[Any] | None) -> list[Any] | None:
        if array is None:
            return None
        if id(array) not in self.places:
            data = np.ascontiguousarray(array).tobytes()
            self.places[id(array)] = [array.dtype.str, list(array.shape), self.size]
            self.chunks.append(data + bytes(-len(data) % ALIGNMENT))
            self.size += len(self.chunks[-1])
        return self.places[id(array)]


def write(file: Path, key: AnswerKey) -> None:
    """Write a key beside and rename it into place; give up silently where that cannot be done."""
    arrays = _Arrays()
    cases = {question: [_describe(case, arrays) for case in cases] for question, cases in key.cases.items()}
    header = json.dumps({"digest": key.digest, "cases": cases}).encode()
    header += b" " * (-(START + len(header)) % ALIGNMENT)
    body = b"".join([len(header).to_bytes(8, "little"), header, *arrays.chunks])
    temporary = ""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".part")
        with os.fdopen(handle, "wb") as stream:
            stream.write(MAGIC + _digest(body) + body)
        Path(temporary).replace(file)
    except OSError:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink(missing_ok=True)


def read(file: Path, digest: str) -> AnswerKey | None:
    """Return the key of that digest, or None where the file does not hold it, whole."""
    try:
        data = file.read_bytes()
        body = memoryview(data)[len(MAGIC) + DIGEST_BYTES :]
        if not data.startswith(MAGIC) or data[len(MAGIC) : len(MAGIC) + DIGEST_BYTES] != _digest(body):
            return None
        length = int.from_bytes(body[:8], "little")
        header = json.loads(bytes(body[8 : 8 + length]))
        if header["digest"] != digest:
            return None
        views = _Views(data, START + length)
        cases = {name: tuple(_restore(case, views) for case in cases) for name, cases in header["cases"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return AnswerKey(digest, MappingProxyType(cases))


def _digest(body: bytes | memoryview) -> bytes:
    return hashlib.blake2b(body, digest_size=DIGEST_BYTES).digest()


def _describe(case: KeyedCase, arrays: _Arrays) -> list[Any]:
    """Return a case as JSON has it."""
    arguments = [[one.name, one.form.value, arrays.place(one.value)] for one in case.arguments]
    expected = [
        [
            *(arrays.place(array) for array in (one.nearest, one.rest, one.low, one.high, one.kappa)),
            one.amplification,
        ]
        for one in case.expected
    ]
    return [case.name, case.title, case.public, arguments, expected]


class _Views:
    """Gives arrays as views of the file's bytes, which makes them read-only; the same place is the same array."""

    def __init__(self, data: bytes, start: int) -> None:
        self.data, self.start = data, start
        self.known: dict[tuple[int, str], NDArray[Any]] = {}

    def array(self, place: list[Any]) -> NDArray[Any]:
        dtype, shape, offset = place
        known = self.known.get((offset, dtype))
        if known is None or list(known.shape) != shape:
            flat = np.frombuffer(self.data, dtype, math.prod(shape), self.start + offset)
            known = self.known[offset, dtype] = flat.reshape(shape)
        return known


def _restore(described: list[Any], views: _Views) -> KeyedCase:
    """Return a case from JSON and the bytes of its arrays."""
    name, title, public, arguments, expected = described
    array = views.array
    return KeyedCase(
        name,
        title,
        public,
        tuple(Argument(called, array(place), Form(form)) for called, form, place in arguments),
        tuple(
            Expected(array(nearest), array(rest), array(low), array(high), array(kappa) if kappa else None, by)
            for nearest, rest, low, high, kappa, by in expected
        ),
    )
