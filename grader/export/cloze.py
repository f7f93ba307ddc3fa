"""Moodle's fields within a text: ``{2:NUMERICAL:=0.5:0.01#Yes~%50%0.5:0.1#Nearly}``.

Moodle turns entities in a field into signs after it has found where answers end: a sign that would end one is
written as an entity. Weights are whole numbers.
"""

from collections.abc import Sequence
from fractions import Fraction
from html import escape
from math import gcd, lcm

from grader.export.moodle_grade import moodle_share
from grader.export.prose import Maths, inline
from grader.export.stand_in import middle_and_room, spellings
from grader.model.sheet import BlankKey, NumberKey

__all__ = ["field", "weights"]

_ENDS = str.maketrans({sign: f"&#{ord(sign)};" for sign in "~=#{}/\\\"'%"})


def weights(points: Sequence[Fraction]) -> tuple[int, ...]:
    """Return whole numbers that are to each other as points are: the points themselves, or else the smallest."""
    common = lcm(*(one.denominator for one in points))
    whole = [int(one * common) for one in points]
    divisor = 1 if common == 1 else gcd(*whole)
    return tuple(number // divisor for number in whole)


def field(key: BlankKey, weight: int, maths: Maths) -> str:
    """Write the field of a blank for a number or for words."""
    if key.number is not None:
        kind, answers = "NUMERICAL", _numbers(key.number, maths)
    else:
        kind, answers = "SHORTANSWER", _words(key, maths)
    return f"{{{weight}:{kind}:{'~'.join(answers)}}}"


def _numbers(key: NumberKey, maths: Maths) -> list[str]:
    made: list[str] = []
    for band in key.bands:
        middle, room = middle_and_room(band)
        made.append(f"{_worth(band.share)}{middle!r}:{room!r}{_said(band.feedback, maths)}")
    return made


def _words(key: BlankKey, maths: Maths) -> list[str]:
    right = [f"={_word(word)}" for word in spellings(key.words)]
    return [*right, *(f"%0%{_word(word)}{_said(feedback, maths)}" for word, feedback, _ in key.wrong)]


def _worth(share: Fraction) -> str:
    return "=" if share == 1 else f"%{moodle_share(share)}%"


def _word(word: str) -> str:
    """Write a word; an asterisk would stand for anything."""
    return _kept(word).replace("*", "\\*")


def _said(feedback: str, maths: Maths) -> str:
    return f"#{_kept(inline(feedback, maths))}" if feedback else ""


def _kept(text: str) -> str:
    return escape(text, quote=False).translate(_ENDS).replace("\n", " ")
