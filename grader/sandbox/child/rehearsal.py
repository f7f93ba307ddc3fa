"""Play one small job inside the zygote, before any fork.

The interpreter and NumPy set things up on first use and adapt code to what it meets. What happens here happens
once, in memory that all forks share; what does not, every fork pays for again, page by page.
"""

import os
import sys
from typing import Any

import frame
import harness

__all__ = ["rehearse"]

MODULE = "rehearsal"
SOURCE = b"""
import numpy as np


class Thing:
    def __init__(self, x):
        self.x = x


def one(x):
    x = np.asarray(x, dtype=float)
    y = np.tanh(x) + 1 / (1 + np.exp(-x)) + np.maximum(x, 0) + np.where(x > 0, x, 0.0) + np.zeros_like(x)
    return np.abs(y) ** 2


def several(x, W):
    a, b = np.split(x @ W, 2, axis=1)
    rows = [Thing(row).x for row in np.concatenate([a, b], axis=1)]
    c = np.stack(rows)
    total = c.sum(axis=0) + np.einsum("ij->j", c) + c.mean() + np.dot(x, W).max()
    for t in range(3):
        c[t % len(c)] += total
    return a, (c.T @ c).reshape(-1)


def wrong(x):
    print("wrong", x)
    raise ValueError("wrong")
"""
ROUNDS = 20


def rehearse(work: harness.Harness, root: str) -> None:
    """Load a module and make calls of each kind, with pipes of our own; leave nothing behind."""
    requests, to_work = os.pipe()
    from_work, replies = os.pipe()
    try:
        os.write(to_work, _batch())
        work.play(MODULE, {f"{MODULE}.py": SOURCE}, requests, replies)
        os.read(from_work, 1 << 16)
    finally:
        for fd in (requests, to_work, from_work, replies):
            os.close(fd)
        sys.modules.pop(MODULE, None)
        sys.path[:] = [entry for entry in sys.path if entry != root]


def _batch() -> bytes:
    """Return the calls of the rehearsal, in the forms that most arguments come in."""
    forms = ("array", "fortran", "strided", "reversed", "read-only", "big-endian", "list")
    matrix = ["<f8", [4, 4], 128]
    calls: list[list[Any]] = []
    for at in range(ROUNDS):
        calls.append(["one", 1, [[forms[at % len(forms)], *matrix]]])
        calls.append(["several", 2, [["array", *matrix], ["array", *matrix]]])
    calls.append(["wrong", 1, [["array", *matrix]]])
    return frame.pack({"calls": calls, "last": True}, bytes(128 * (3 * ROUNDS + 1)))
