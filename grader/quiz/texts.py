"""What the texts of an item say: all of them, how long they look, and which of two say the same."""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any

from grader.model.sheet import (
    Arrange,
    ArrangeKey,
    BlankKey,
    Blanks,
    Choose,
    ChooseKey,
    Enter,
    FormKey,
    FormulaKey,
    NumberKey,
    Pair,
    PairKey,
    Posed,
    TextKey,
)
from grader.quiz.numbers import ReadError, read_number

__all__ = ["says_the_same", "texts_of", "visible_length"]

_DRESS = re.compile(r"[\s$`*]|\\[,;:! ]|\.$")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s?|\\(.)")
_SPELLED, _NOT_SET = (
    set(words.split())
    for words in (
        "arccos arcsin arctan arg cos cosh coth exp lim ln log max min sin sinh tan tanh",
        "frac dfrac tfrac left right mathrm mathbf mathit text operatorname quad , ; : !",
    )
)
_UNSEEN_IN_FORMULAS = dict.fromkeys(map(ord, "${}_^ "))
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})


def texts_of(posed: Posed) -> Iterator[tuple[str, str]]:
    """Go through every Markdown text of an item and its key, each with the key under which authors write it."""
    item, key = posed.item, posed.key
    yield from (("title", item.title), ("prompt", item.prompt), ("solution", key.solution))
    if item.drawing:
        yield "figure", item.drawing.says
        yield from (("figure", curve.label) for curve in item.drawing.curves)
    for form in item.forms:
        match form:
            case Choose() | Arrange():
                yield from (("choices", option.text) for option in form.options)
            case Pair():
                yield from (("pairs", option.text) for option in (*form.left, *form.right))
            case Blanks():
                yield from (("blanks", field.hint) for field in form.fields)
            case Enter():
                yield "hint", form.hint
            case _:
                pass
    for one in key.forms:
        yield from _told(one)


def _told(key: FormKey) -> Iterator[tuple[str, str]]:
    """Go through what a key says to who is wrong, or to who marks."""
    match key:
        case ChooseKey():
            yield from (("choices", text) for text in key.feedback.values())
        case NumberKey():
            yield from (("wrong", band.feedback) for band in key.bands)
        case FormulaKey():
            yield from (("wrong", feedback) for _, feedback, _ in key.wrong)
            yield "answer", f"${key.latex}$" if key.latex else ""
        case PairKey():
            yield from (("wrong", feedback) for _, _, feedback, _ in key.wrong)
        case ArrangeKey():
            yield from (("wrong", feedback) for _, feedback, _ in key.wrong)
        case TextKey():
            yield from (("rubric", point.says) for point in key.rubric)
            yield "model", key.model
        case tuple():
            for blank in key:
                yield from _of_blank(blank)
        case BlankKey():
            yield from (("wrong", feedback) for _, feedback, _ in key.wrong)
        case _:
            pass


def _of_blank(blank: BlankKey) -> Iterator[tuple[str, str]]:
    yield from (("blanks", feedback) for _, feedback, _ in blank.wrong)
    for inner in (blank.number, blank.formula):
        if inner is not None:
            yield from (("blanks", text) for _, text in _told(inner))


@lru_cache(maxsize=65536)
def visible_length(text: str) -> int:
    """Count the signs that a reader sees of a text: of LaTeX what it is set as, of Markdown what it says."""
    seen = 0
    for part in re.split(r"(\$[^$]+\$|`[^`]+`)", text):
        if part.startswith("$"):
            seen += len(_COMMAND.sub(_set_as, part).translate(_UNSEEN_IN_FORMULAS))
        else:
            plain = part if part.startswith("`") else part.replace("*", "")
            seen += len(" ".join(plain.replace("`", "").split("\n")))
    return seen


def _set_as(command: re.Match[str]) -> str:
    """Return as many signs as a command of LaTeX is set as: a name in full, a symbol as one, a space as none."""
    name = command[1] or command[2]
    if name in _SPELLED:
        return name
    return "" if name in _NOT_SET or name.isspace() else "x"


@lru_cache(maxsize=65536)
def says_the_same(one: str, other: str) -> bool:
    """Whether two choices say the same: as texts, as numbers, or as formulas between dollar signs."""
    plain, other_plain = _plain(one), _plain(other)
    if plain == other_plain:
        return True
    numbers = _number(plain), _number(other_plain)
    if None not in numbers:
        return numbers[0] == numbers[1]
    return _same_formula(one.strip(), other.strip())


@lru_cache(maxsize=65536)
def _plain(text: str) -> str:
    return _DRESS.sub("", text.strip()).translate(_MINUS)


@lru_cache(maxsize=65536)
def _number(text: str) -> Fraction | None:
    try:
        return read_number(text).value
    except ReadError:
        return None


def _same_formula(one: str, other: str) -> bool:
    from grader.numerics.equal import same_formula

    left, right = _formula(one), _formula(other)
    if left is None or right is None:
        return False
    ranges = dict.fromkeys(left.names | right.names, (Fraction(1, 10), Fraction(9, 10)))
    return same_formula(left, right, ranges).is_equal


@lru_cache(maxsize=65536)
def _formula(text: str) -> Any:
    """Read a choice that is nothing but a formula, in letters with or without an index."""
    from grader.numerics.formula import CONSTANTS, FUNCTIONS, FormulaError, parse

    match = re.fullmatch(r"\$([^$]+)\$\.?", text)
    if match is None:
        return None
    letters = set(re.findall(r"(?<![A-Za-z\\])[A-Za-z](?:_[A-Za-z0-9]|_\{[A-Za-z0-9]+\})?", match[1]))
    names = {re.sub(r"[{}]", "", letter) for letter in letters} | set(re.findall(r"[A-Za-z]", match[1]))
    try:
        return parse(match[1], names - FUNCTIONS.keys() - CONSTANTS.keys())
    except FormulaError:
        return None
