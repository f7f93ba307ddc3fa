"""Read a number as people write it, exactly; what could be two numbers is refused in words.

    read                                    refused, since it could be either
    0.4621   .5   5.   4.621e-1   +3        1,234       1.234 or 1234: write it without the comma
    4.621*10^-1   4.621 × 10⁻¹              50 %        0.5 or 50 (unless the question asks for percent)
    0,4621   12,5   1,2345                  2 1/2       a mixed number; 2½ is read
    1/3   2½                                ∞, nan, true, words, calculations
    1 234.5   1,234.5   1.234,5   1'234

A comma is a decimal comma unless exactly three digits follow it and one to three stand before it, the first of
them not 0. A point is always a decimal point, except before a comma or another point: 1.234,5 and 1.234.567.
Every way of writing minus is one, and a unit that the question names may follow.
"""

import math
import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

__all__ = ["Read", "ReadError", "read_number"]

LONGEST = 60
MOST_EXPONENT = 400

_SIGNS = str.maketrans({
    **dict.fromkeys("\u2212\u2013\u2010\u2011\ufe63\uff0d", "-"), **dict.fromkeys("\u00d7\u00b7\u22c5\u2217", "*"),
    **dict.fromkeys("\u00a0\u2009\u202f\u2002\u2003\u2007", " "), "\u2019": "'", "\u2044": "/", "\u2215": "/",
})  # fmt: skip
_RAISED = re.compile("[\u207a\u207b]?[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+")
_VULGAR = re.compile("([0-9]*) ?([\u00bc-\u00be\u2150-\u215e])")
_POWER = re.compile(r"(.+?) ?\* ?10 ?(?:\^|\*\*) ?\(? ?([-+]?[0-9]+) ?\)?")
_PLAIN = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_QUOTIENT = re.compile(r"([0-9]+) ?/ ?([-+]?[0-9]+)")


class ReadError(ValueError):
    """A text that is no number, or could be two; the message is a sentence for who wrote it."""


@dataclass(frozen=True, slots=True)
class Read:
    """A number, exactly as it was written; ``digits`` counts its significant ones, 0 where nothing is known."""

    value: Fraction
    digits: int = 0


def read_number(response: Any, units: str = "") -> Read:
    """Read a response as a number. Raises ReadError with what is wrong with it."""
    match response:
        case bool():
            raise ReadError(f"`{str(response).lower()}` is no number")
        case int():
            return _bounded(Read(Fraction(response)))
        case float():
            if not math.isfinite(response):
                raise ReadError("a finite number is asked for")
            return Read(Fraction(repr(response)))  # as it was written: 0.1 is a tenth
        case Fraction():
            return Read(response)
        case str():
            return _read(response, units)
        case _:
            raise ReadError("a number is asked for, and this is a list or a mapping")


def _read(response: str, units: str) -> Read:
    if len(response) > LONGEST:
        raise ReadError(f"a number is asked for, and this is a text of {len(response)} characters")
    text = " ".join(response.translate(_SIGNS).split())
    text = re.sub(r"^(?:=|\u2248|~) ?", "", text)
    shown = response.strip()
    if units and text.casefold().endswith(units.casefold()):
        text = text[: -len(units)].rstrip()
    if text.endswith("%"):
        raise ReadError(f"`{shown}` could be a share or a count of hundredths: write the number alone")
    sign = -1 if text.startswith("-") else 1
    body = re.sub(r"^[-+] ?", "", text)
    found = _unsigned(body, shown)
    return _bounded(Read(sign * found.value, found.digits))


def _unsigned(text: str, shown: str) -> Read:
    if text.casefold() in ("nan", "inf", "infinity", "\u221e"):
        raise ReadError("a finite number is asked for")
    if match := _VULGAR.fullmatch(text):
        part = Fraction(unicodedata.normalize("NFKC", match[2]).replace("\u2044", "/"))
        return Read(int(match[1] or 0) + part)
    if match := _QUOTIENT.fullmatch(text):
        if int(match[2]) == 0:
            raise ReadError(f"`{shown}` divides by zero")
        return Read(Fraction(int(match[1]), int(match[2])))
    text = _RAISED.sub(lambda found: "^" + unicodedata.normalize("NFKC", found[0]).replace("\u2212", "-"), text)
    if match := _POWER.fullmatch(text):
        text = f"{match[1]}e{match[2]}"
    plain = _without_separators(text, shown)
    if not _PLAIN.fullmatch(plain):
        if re.fullmatch(r"[0-9]+ [0-9]+ ?/ ?[0-9]+", text):
            raise ReadError(f"`{shown}` could be two numbers: write it as one, such as 5/2 or 2.5")
        is_sum = re.fullmatch(r"[0-9.,eE+*/^() -]+", text) and re.search(r"[0-9)] ?[-+*/^] ?[0-9(]", text)
        what = "is to be worked out: write the number alone" if is_sum else "is no number"
        raise ReadError(f"`{shown}` {what}")
    mantissa, _, exponent = plain.lower().partition("e")
    if len(exponent.lstrip("+-")) > 4 or abs(int(exponent or 0)) > MOST_EXPONENT:
        raise ReadError(f"`{shown}` is too large or too small to be meant")
    return Read(Fraction(plain), len(mantissa.replace(".", "").lstrip("0")))


def _without_separators(text: str, shown: str) -> str:
    """Take thousands apart from decimals: leave at most one point."""
    head, mark, exponent = re.fullmatch(r"([^eE]*)([eE]?)(.*)", text).groups()  # type: ignore[union-attr] (matches all)
    grouped = re.fullmatch(r"([0-9]{1,3})((?:[ '][0-9]{3})+)([.,][0-9]*)?", head)
    if grouped:  # 1 234.5
        head = re.sub("[ ']", "", head).replace(",", ".")
    elif re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]*|[0-9]{1,3}(?:,[0-9]{3}){2,}", head):  # 1,234.5
        head = head.replace(",", "")
    elif re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]*|[0-9]{1,3}(?:\.[0-9]{3}){2,}", head):  # 1.234,5
        head = head.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", head):
        plain, point = head.replace(",", ""), head.replace(",", ".")
        raise ReadError(f"`{shown}` could be {point} or {plain}: write one of the two")
    elif head.count(",") == 1 and "." not in head:
        head = head.replace(",", ".")
    return f"{head}{mark}{exponent}"


def _bounded(read: Read) -> Read:
    if read.value.numerator.bit_length() > 4 * MOST_EXPONENT:
        raise ReadError("the number is too large to be meant")
    return read
