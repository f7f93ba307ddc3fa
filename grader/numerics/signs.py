"""Cut what people type or paste as a formula into signs: numbers, names, operators and brackets.

Knows every way of writing that is understood, and leaves one for the grammar:

    minus signs, dots and crosses    −  ·  ×  ÷  √  ½  x²  x⁻¹
    LaTeX, as far as it is copied    \\frac{a}{b}  \\sqrt{x}  \\tanh  \\cdot  \\left( \\right)  e^{x}  c_{prev}
    Python                           **  np.tanh(x)  math.exp(x)
    functions without brackets       tanh x, ln 2x, sech^2 x, tanh^2(x); tanh^-1 is the inverse
    factors without a sign           names written together, where they can be told apart in one way only
    |x|                              a bar opens where a value may begin, and closes otherwise

Every sign keeps its column in the text as it was typed, so that a mistake is told where it stands.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from grader.numerics.functions import CONSTANTS, FUNCTIONS, INVERSES

__all__ = ["FormulaError", "Sign", "signs_of"]

MOST_DIGITS_OF_EXPONENT = 3

_SIGN = re.compile(
    r"""
    (?P<space> (?: \s | [\u200b\u2060$] | \\[,;:!\ ] | \\q?quad(?![a-z]) | \\(?:left|right)(?![a-z]) )+ )
  | (?P<number> (?:[0-9]+\.?[0-9]*|\.[0-9]+) (?:[eE][+-]?[0-9]+)? )
  | (?P<fraction> \\[dt]?frac(?![a-z]) )
  | (?P<word> (?:(?:np|numpy|math)\.)? (?:\\(?:operatorname|mathrm|text)\s*\{[A-Za-z0-9]+\}
              | \\?[A-Za-z\u0370-\u03ff][A-Za-z0-9_\u0370-\u03ff]*
                (?:(?<=_)\{(?:[A-Za-z0-9]+|\\mathrm\{[A-Za-z0-9]+\})\})?) )
  | (?P<raised> [\u207a\u207b]?[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+ )
  | (?P<sign> \*\* | [-+*/^(){}\[\],|\u2212\u2013\u00b7\u22c5\u00d7\u2217\u2215\u00f7\u2044\u221a] )
  | (?P<vulgar> [\u00bc-\u00be\u2150-\u215e] )
    """,
    re.VERBOSE,
)
_OPERATORS = {
    "+": "PLUS", "-": "MINUS", "\u2212": "MINUS", "\u2013": "MINUS", "*": "TIMES", "\u00b7": "TIMES",
    "\u22c5": "TIMES", "\u00d7": "TIMES", "\u2217": "TIMES", "/": "OVER", "\u2215": "OVER", "\u00f7": "OVER",
    "\u2044": "OVER", "^": "POW", "**": "POW", ",": "COMMA", "cdot": "TIMES", "times": "TIMES", "div": "OVER",
}  # fmt: skip
_ALIASES = {"log_2": "log2", "log_10": "log10"}
_CLOSES = {")": "(", "]": "[", "}": "{"}
_ENDS = {"NUMBER", "VARIABLE", "CLOSE", "BAR_CLOSE"}  # a value may end with these


class FormulaError(ValueError):
    """A text that is no formula; ``column`` counts from 1, 0 where no place can be named."""

    def __init__(self, message: str, column: int = 0) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: what it is to the grammar, what it stands for, and where it was typed."""

    kind: str
    text: str
    column: int


def signs_of(text: str, variables: frozenset[str]) -> tuple[list[Sign], tuple[str, ...]]:
    """Cut a text into signs; return them, and what was understood that could have been meant otherwise."""
    remarks: list[str] = []
    return _applied(list(_cut(text, variables)), remarks), tuple(remarks)


def _cut(text: str, variables: frozenset[str]) -> Iterator[Sign]:
    opened: list[tuple[str, int]] = []
    before, at = "", 0
    while at < len(text):
        match = _SIGN.match(text, at)
        if match is None:
            raise FormulaError(_unreadable(text, at), at + 1)
        for sign in _signs(match, before, opened, variables):
            yield sign
            before = sign.kind
        at = match.end()
    if opened:
        sign, column = opened[-1]
        raise FormulaError(f"the `{sign}` here is never closed", column)


def _signs(
    match: re.Match[str], before: str, opened: list[tuple[str, int]], variables: frozenset[str]
) -> Iterator[Sign]:
    text, column = match[0], match.start() + 1
    match match.lastgroup:
        case "space":
            return
        case "number":
            yield Sign("NUMBER", _number(text, column), column)
        case "fraction":
            yield Sign("FRACTION", text, column)
        case "word":
            yield from _named(text, column, variables)
        case "raised":
            yield from _raised(text, column)
        case "vulgar":
            if before == "NUMBER":
                raise FormulaError(f"`{text}` after a number can be read in two ways: write 5/2 or 2.5", column)
            yield Sign("NUMBER", unicodedata.normalize("NFKC", text).replace("\u2044", "/"), column)
        case _:
            yield _signed(text, column, before, opened)


def _signed(text: str, column: int, before: str, opened: list[tuple[str, int]]) -> Sign:
    if text == "\u221a":
        return Sign("FUNCTION", "sqrt", column)
    if text in "([{":
        opened.append((text, column))
        return Sign("OPEN", text, column)
    if text in _CLOSES:
        if not opened:
            raise FormulaError(f"the `{text}` here closes nothing", column)
        last, where = opened.pop()
        if last != _CLOSES[text]:
            raise FormulaError(f"the `{text}` here does not close the `{last}` in column {where}", column)
        return Sign("CLOSE", text, column)
    if text == "|":
        if before in _ENDS and opened and opened[-1][0] == "|":
            opened.pop()
            return Sign("BAR_CLOSE", text, column)
        opened.append((text, column))
        return Sign("BAR_OPEN", text, column)
    return Sign(_OPERATORS[text], text, column)


def _number(text: str, column: int) -> str:
    exponent = text.lower().partition("e")[2].lstrip("+-")
    if len(exponent) > MOST_DIGITS_OF_EXPONENT:
        raise FormulaError(f"`{text[:30]}` has an exponent of more than {MOST_DIGITS_OF_EXPONENT} digits", column)
    return text


def _raised(text: str, column: int) -> Iterator[Sign]:
    digits = unicodedata.normalize("NFKC", text).replace("\u2212", "-")
    yield Sign("POW", "^", column)
    if digits.startswith("-"):
        yield Sign("MINUS", "-", column)
    yield Sign("NUMBER", digits.lstrip("+-"), column)


def _named(text: str, column: int, variables: frozenset[str]) -> Iterator[Sign]:
    word = re.sub(r"^(?:np|numpy|math)\.|\\(?:operatorname|mathrm|text)\s*|[\\{}]", "", text)
    word = _ALIASES.get(word, word)
    if text.startswith("\\") and word in _OPERATORS:
        yield Sign(_OPERATORS[word], word, column)
        return
    found = _meant(word, variables)
    if not found:
        raise FormulaError(_unknown(word, variables), column)
    for name in found:
        yield Sign("FUNCTION" if name in FUNCTIONS and name not in variables else "VARIABLE", name, column)


@lru_cache(maxsize=4096)
def _meant(word: str, variables: frozenset[str]) -> tuple[str, ...]:
    """Return the known names that a word stands for: itself, in other letters, or several written together."""
    known = variables | FUNCTIONS.keys() | CONSTANTS.keys()
    if word in known:
        return (word,)
    lowered = word.lower()
    alike = [name for name in variables if name.lower() == lowered] or [
        name for name in known if name == lowered and len(name) > 1
    ]
    if alike:
        return (alike[0],) if len(alike) == 1 else ()
    ways = _ways(word, known)
    return ways[0] if len(ways) == 1 else ()


def _ways(word: str, known: Collection[str]) -> list[tuple[str, ...]]:
    """Return at most two ways of reading a word as known names written together."""
    ways: list[list[tuple[str, ...]]] = [[()], *([] for _ in word)]
    for end in range(1, len(word) + 1):
        for start in range(end):
            if ways[start] and word[start:end] in known:
                ways[end] = [*ways[end], *((*way, word[start:end]) for way in ways[start])][:2]
    return ways[-1]


def _applied(signs: list[Sign], remarks: list[str]) -> list[Sign]:
    """Put the argument of each function between brackets, where there are none."""
    made: list[Sign] = []
    at = 0
    while at < len(signs):
        sign = signs[at]
        at += 1
        if sign.kind != "FUNCTION":
            made.append(sign)
            continue
        at, sign, power = _power(signs, at, sign, remarks)
        made += [sign, power] if power else [sign]
        if _kind(signs, at) in ("OPEN", "BAR_OPEN", "FRACTION"):
            continue
        end = at + (_kind(signs, at) == "NUMBER")
        end += _kind(signs, end) == "VARIABLE"
        if end == at:
            raise FormulaError(f"`{sign.text}` needs an argument in brackets", sign.column)
        _doubt(sign, signs, end, remarks)
        first = signs[at].column
        made += [Sign("OPEN", "(", first), *signs[at:end], Sign("CLOSE", ")", first)]
        at = end
    return made


def _doubt(sign: Sign, signs: list[Sign], end: int, remarks: list[str]) -> None:
    """Say, or refuse, what can be read in two ways after an argument without brackets."""
    name, argument = sign.text, signs[end - 1].text
    match _kind(signs, end):
        case "POW":
            words = f"`{name} {argument}^...` can be read in two ways"
            words += f": write {name}({argument}^...) or {name}({argument})^..."
            raise FormulaError(words, sign.column)
        case "OVER" | "VARIABLE" | "OPEN" | "NUMBER":
            remarks.append(f"`{name}` without brackets takes only `{argument}`: more needs brackets")
        case _:
            pass


def _power(signs: list[Sign], at: int, sign: Sign, remarks: list[str]) -> tuple[int, Sign, Sign | None]:
    """Read the power between a function and its argument: ``tanh^2(x)``; -1 is the inverse."""
    if _kind(signs, at) != "POW":
        return at, sign, None
    inner = at + 1 + (_kind(signs, at + 1) == "OPEN")
    is_negative = _kind(signs, inner) == "MINUS"
    number = inner + is_negative
    end = number + 1 + (inner > at + 1)
    if _kind(signs, number) != "NUMBER" or (inner > at + 1 and _kind(signs, end - 1) != "CLOSE"):
        raise FormulaError(f"a power of `{sign.text}` is written ({sign.text}(...))^n", sign.column)
    text = signs[number].text
    if not is_negative:
        return end, sign, Sign("RAISED", text, signs[number].column)
    if text != "1" or sign.text not in INVERSES:
        raise FormulaError(f"write 1/{sign.text}(...) for a negative power", sign.column)
    remarks.append(f"`{sign.text}^-1` is read as the inverse function, not as 1/{sign.text}")
    return end, Sign("FUNCTION", INVERSES[sign.text], sign.column), None


def _kind(signs: list[Sign], at: int) -> str:
    return signs[at].kind if at < len(signs) else ""


def _unreadable(text: str, at: int) -> str:
    if text[at] in "=<>\u2264\u2265\u2260\u2248":
        return f"`{text[at]}` has no place here: write the formula alone"
    sign = text[at] if text[at].isprintable() else f"U+{ord(text[at]):04X}"
    return f"`{sign}` cannot be read"


def _unknown(word: str, variables: frozenset[str]) -> str:
    from difflib import get_close_matches

    names = ", ".join(f"`{name}`" for name in sorted(variables)) or "none"
    if len(_ways(word, variables | FUNCTIONS.keys() | CONSTANTS.keys())) > 1:
        return f"`{word[:30]}` can be read in two ways: write `*` between names"
    close = get_close_matches(word[:30], sorted(variables | FUNCTIONS.keys()), n=2, cutoff=0.7)
    meant = (
        f": is {' or '.join(f'`{name}`' for name in close)} meant?" if close else f" (the variables are: {names})"
    )
    return f"`{word[:30]}` is not known here{meant}"


def exact_number(text: str) -> Fraction:
    """Return the value of a NUMBER: ``0.5``, ``2e-3`` or ``1/3``."""
    return Fraction(text)
