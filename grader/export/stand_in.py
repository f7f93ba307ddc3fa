"""What takes the place of what a platform lacks: pairs for an order, intervals for bands, notes for who marks."""

import math
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from grader.export.prose import circled, is_plain
from grader.model.sheet import (
    Arrange,
    ArrangeKey,
    Band,
    BlankKey,
    FormKey,
    FormulaKey,
    NumberKey,
    Option,
    Pair,
    PairKey,
    Posed,
    TextKey,
)

__all__ = ["full_intervals", "is_code", "middle_and_room", "needs_letters", "notes", "order_as_pairs", "spellings"]

LONGEST_ENTRY = 60  # characters of an entry in a menu


def order_as_pairs(posed: Posed) -> Posed:
    """Return an order as places to which lines are to be given."""
    (form,), (key,) = posed.item.forms, posed.key.forms
    if not isinstance(form, Arrange) or not isinstance(key, ArrangeKey):
        return posed
    places = tuple(Option(str(number), f"Place {number}") for number in range(1, len(form.options) + 1))
    pairs = {place.letter: letter for place, letter in zip(places, key.order, strict=True)}
    return Posed(
        replace(posed.item, forms=(Pair(places, form.options),)),
        replace(posed.key, forms=(PairKey(MappingProxyType(pairs)),)),
    )


def is_code(posed: Posed) -> bool:
    """Whether what is to be put in order are lines of code."""
    form = posed.item.forms[0]
    return isinstance(form, Arrange) and form.lines_of_code


def needs_letters(form: Pair) -> bool:
    """Whether what is on the right cannot stand in a menu of plain words, so that letters must stand for it."""
    return not all(is_plain(one.text) and len(one.text) <= LONGEST_ENTRY for one in form.right)


def full_intervals(key: NumberKey) -> tuple[tuple[float, float], ...]:
    """Return where a number earns everything: without what an earlier band gives less for."""
    found: list[tuple[float, float]] = []
    for place, band in enumerate(key.bands):
        if band.share == 1:
            parts = [(band.low, band.high)]
            for earlier in key.bands[:place]:
                if earlier.share != 1:
                    parts = [piece for part in parts for piece in _without(part, earlier)]
            found += parts
    return tuple(found)


def _without(part: tuple[float, float], band: Band) -> list[tuple[float, float]]:
    low, high = part
    if band.high < low or band.low > high:
        return [part]
    below = (low, math.nextafter(band.low, -math.inf))
    above = (math.nextafter(band.high, math.inf), high)
    return [piece for piece in (below, above) if piece[0] <= piece[1]]


def middle_and_room(band: Band) -> tuple[float, float]:
    """Return a number and a distance from it that reach both ends of a band, and hardly beyond."""
    low, high = Fraction(band.low), Fraction(band.high)
    middle = float((low + high) / 2)
    room = max(high - Fraction(middle), Fraction(middle) - low)
    near = float(room)
    return middle, near if Fraction(near) >= room else math.nextafter(near, math.inf)


def spellings(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words as they are, and without what people leave out: spaces after commas and beside brackets."""
    made: dict[str, None] = {}
    for word in words:
        made[word] = None
        tight = " ".join(word.split())
        for sign in "[](){},:":
            tight = tight.replace(f" {sign}", sign).replace(f"{sign} ", sign)
        made[tight] = None
    return tuple(made)


def notes(posed: Posed) -> str:
    """Return, as Markdown, what who marks by hand must know: what is right, the rubric, the rule."""
    parts = [words for key in posed.key.forms if (words := _notes(key))]
    return "\n\n".join([*parts, posed.key.rule] if posed.key.rule else parts)


def _notes(key: FormKey) -> str:
    match key:
        case FormulaKey():
            said = [f"Right: {f'${key.latex}$, ' if key.latex else ''}`{key.formula}`, in whatever form."]
            said += [
                f"- Wrong: `{wrong}`{f': {feedback}' if feedback else ''}" for wrong, feedback, _ in key.wrong
            ]
            return "\n\n".join([said[0], "\n".join(said[1:])]).strip()
        case TextKey():
            points = "\n".join(f"- {float(one.share * 100):.4g} %: {one.says}" for one in key.rubric)
            return f"Points for what is said:\n\n{points}\n\nA whole answer:\n\n{key.model}"
        case BlankKey():
            return "\n\n".join(["Right:", *(f"```text\n{word}\n```" for word in key.words)])
        case tuple():
            formulas = [(n, one.formula) for n, one in enumerate(key, start=1) if one.formula]
            return "\n\n".join(f"{circled(n)} {_notes(formula)}" for n, formula in formulas)
        case _:
            return ""
