"""Hold a number against its key: the first band that it lies in counts, and says what is said."""

import math
from fractions import Fraction
from typing import Any

from grader.model.outcome import Status
from grader.model.sheet import NumberKey
from grader.quiz.judged import Judged
from grader.quiz.numbers import Read, ReadError, read_number
from grader.quiz.reading import is_empty

__all__ = ["mark_number"]

NOTHING = Fraction(0)


def mark_number(key: NumberKey, response: Any) -> Judged:
    """Mark a response to a question for a number."""
    if is_empty(response):
        return Judged(NOTHING, Status.UNANSWERED, "There is no answer.")
    try:
        read = read_number(response, key.units)
    except ReadError as error:
        return Judged(NOTHING, Status.INVALID, f"This cannot be an answer: {error}.")
    shown = str(response).strip()
    band = next((band for band in key.bands if Fraction(band.low) <= read.value <= Fraction(band.high)), None)
    if band is None:
        return Judged(NOTHING, Status.FAILED, f"{shown} is not right{_short(key, read) or '.'}")
    if band.share == 1:
        return Judged(band.share, Status.PASSED, f"{shown} is right.{_asked(key, read)}", band.feedback)
    if band.share:
        words = f"{shown} earns {_percent(band.share)} of the points{_short(key, read) or '.'}"
        return Judged(band.share, Status.PARTIAL, words, band.feedback, band.misconception)
    return Judged(NOTHING, Status.FAILED, f"{shown} is not right.", band.feedback, band.misconception)


def _asked(key: NumberKey, read: Read) -> str:
    """Remark that fewer digits were given than were asked for."""
    if not 0 < read.digits < key.digits:
        return ""
    return f" {key.digits} significant digits were asked for; {read.digits} {_were(read.digits)} given."


def _short(key: NumberKey, read: Read) -> str:
    """Say that a number is right as far as it goes, but has too few digits."""
    if not 0 < read.digits < key.digits or not math.isfinite(key.value) or not key.value:
        return ""
    step = Fraction(10) ** (math.floor(math.log10(abs(key.value))) - read.digits + 1)
    if abs(read.value - Fraction(key.value)) * 2 > step:
        return ""
    return f": its digits are right, but {key.digits} significant ones were asked for."


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):.4g} %"
