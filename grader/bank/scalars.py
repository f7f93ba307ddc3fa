"""What a plain word means: the core schema of YAML 1.2 (chapter 10.3.2), and nothing more.

null    nothing at all, ~, null, Null, NULL
bool    true, True, TRUE and the three of false; ``yes``, ``no``, ``on`` and ``off`` are text
int     -12, 012 (twelve), 0o14 (twelve), 0xC (twelve)
float   1e3, .5, 5., .inf, -.Inf, .nan
text    the rest: 12:30:45, 2026-01-01 and 1_000 too
"""

import re
from typing import Any

__all__ = ["ScalarError", "resolve", "resolve_as"]

MOST_DIGITS = 400  # beyond any float64; Python itself refuses a few thousand digits

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INF = re.compile(r"([-+]?)\.(inf|Inf|INF)")
_NAN = frozenset({".nan", ".NaN", ".NAN"})
_STARTS_OTHER_THAN_TEXT = frozenset("-+.0123456789~ntfNTF")


class ScalarError(Exception):
    """A word that cannot be what it looks like, or what its tag says."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def resolve(text: str) -> Any:
    """Give a plain word its value. Raises ScalarError for a number that nothing can hold."""
    if text and text[0] not in _STARTS_OTHER_THAN_TEXT:
        return text
    if text in _NULL:
        return None
    if (truth := _BOOL.get(text)) is not None:
        return truth
    if _INT.fullmatch(text):
        return _integer(text)
    if _FLOAT.fullmatch(text):
        return _float(text)
    if _OCTAL.fullmatch(text) or _HEX.fullmatch(text):
        return int(text, 0)
    if infinite := _INF.fullmatch(text):
        return float(infinite[1] + "inf")
    return float("nan") if text in _NAN else text


def resolve_as(text: str, tag: str) -> Any:
    """Give a word the value that its tag (``int`` for ``!!int``) asks for. Raises ScalarError where it cannot."""
    wanted = {"null": type(None), "bool": bool, "int": int, "float": float}.get(tag)
    if wanted is None:
        raise ScalarError(f"the tag `{tag[:60]}` is not understood here", "Remove the tag")
    value = resolve(text)
    if wanted is float and type(value) is int:
        return float(value)
    if type(value) is not wanted:
        raise ScalarError(f"`{text[:40]}` is not a YAML {tag}", "Remove the tag")
    return value


def _integer(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise ScalarError(f"`{text[:20]}...` has {len(text)} digits", "Write a number that fits a float64")
    return int(text)


def _float(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ScalarError(f"`{text[:40]}` is too large for a float64", "Write `.inf` if infinity is meant")
    return value
