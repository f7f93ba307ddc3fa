"""Whether an answer works nothing out: one number throughout, or an argument as it went in.

That is what a function gives which is still to be written, or which builds on such a one. Zeros come from so many
mistakes together that they show none of them: only one of the function's own that does just this may be named, and
only where all that it builds on is right.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from grader.diagnose.signature import Signature
from grader.diagnose.table import sizes_of
from grader.model.key import KeyedCase

__all__ = ["is_plain"]

Numbers = NDArray[np.float64]


def is_plain(came: Signature, cases: Sequence[KeyedCase], results: int) -> bool:
    """Whether each result is the same number, or the same argument, on all cases on which numbers came back."""
    if came.numbers.size < 2:
        return False
    ends = np.cumsum([0, *sizes_of(came.words)])
    pieces = [came.numbers[start:end] for start, end in pairwise(ends.tolist())]
    return all(_is_plain(pieces[place::results], cases) for place in range(results))


def _is_plain(pieces: Sequence[Numbers], cases: Sequence[KeyedCase]) -> bool:
    filled = [(piece, case) for piece, case in zip(pieces, cases, strict=True) if piece.size]
    if not filled:
        return True
    first = filled[0][0][:1]
    if all(np.array_equal(piece, np.broadcast_to(first, piece.shape), equal_nan=True) for piece, _ in filled):
        return True
    places = range(len(cases[0].arguments))
    return any(all(_is_given(piece, case.arguments[one].value) for piece, case in filled) for one in places)


def _is_given(piece: Numbers, value: NDArray[np.generic]) -> bool:
    """Whether numbers are those of an argument, once or over and over."""
    if not value.size or piece.size % value.size:
        return False
    given = value.astype(np.float64).ravel()
    return np.array_equal(piece, np.tile(given, piece.size // given.size), equal_nan=True)
