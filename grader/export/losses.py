"""What a question needs that a platform may not have; and what is said of it before anything is written.

A platform's writer says for every need that it cannot serve what stands in its place. A need for which it says
nothing is carried over whole.
"""

from collections.abc import Iterator, Mapping
from enum import Enum
from fractions import Fraction

from grader.model.sheet import (
    ArrangeKey,
    BlankKey,
    Blanks,
    Choose,
    ChooseKey,
    Enter,
    Form,
    FormKey,
    FormulaKey,
    HandIn,
    NumberKey,
    PairKey,
    Posed,
    Sheet,
    TextKey,
)

__all__ = ["Need", "losses", "needs"]

LISTED = 3  # questions that are named; of more, their number is told


class Need(Enum):
    """Something that not every platform can do."""

    CHOICE_PARTIAL = "partial credit for one of several choices"
    CHOICE_UNEQUAL = "right and wrong choices of different weight"
    CHOICE_FEEDBACK = "feedback on a choice"
    NUMBER_WRITING = "numbers in any way of writing them (1/3, 0,5, 4.6·10⁻¹)"
    NUMBER_UNITS = "units after a number"
    NUMBER_PARTIAL = "partial credit for a number that is near"
    NUMBER_FEEDBACK = "feedback on numbers that betray a mistake"
    NUMBER_DIGITS = "the remark that a number has too few digits"
    FORMULA = "formulas that are right in whatever form"
    WORD_SPELLING = "words compared without regard to spaces, quotation marks and minus signs"
    WORD_IGNORE = "words compared without their commas or spaces"
    WORD_FEEDBACK = "feedback on words that betray a mistake"
    LINES = "several lines compared as text"
    TEXT = "a text that is marked by a rubric"
    PARTS = "a question in two parts"
    BLANKS = "several blanks in one question"
    BLANKS_NUMBER = "blanks for numbers"
    BLANKS_FORMULA = "blanks for formulas"
    BLANKS_UNEQUAL = "blanks of different weight"
    ORDER = "an order that is right as a whole"
    ORDER_PAIRS = "an order marked by neighbours"
    ORDER_FEEDBACK = "feedback on orders that betray a mistake"
    PAIR = "things to match"
    PAIR_FEEDBACK = "feedback on wrong pairs"
    HAND_IN = "code that is handed in"
    MISCONCEPTION = "a record of the misconception that an answer betrays"
    PICTURE = "a plot"
    POINTS = "the points of a question"
    SOLUTION = "an explanation after the answer"


def losses(instead: Mapping[Need, str], *sheets: Sheet) -> Iterator[str]:
    """Say in a sentence each what of some sheets a platform cannot carry, and what stands in its place."""
    found: dict[Need, dict[str, None]] = {}
    for posed in (posed for sheet in sheets for posed in sheet.posed):
        for need in needs(posed):
            found.setdefault(need, {})[posed.item.id] = None
    for need in Need:
        if need in instead and need in found:
            yield f"{need.value}: {instead[need]} ({_named(list(found[need]))})"


def _named(questions: list[str]) -> str:
    if len(questions) > LISTED:
        return f"{len(questions)} questions"
    return ", ".join(questions)


def needs(posed: Posed) -> Iterator[Need]:
    """Go through what a question needs; a need may come twice."""
    yield Need.POINTS
    if len(posed.item.forms) > 1:
        yield Need.PARTS
    if posed.item.drawing is not None:
        yield Need.PICTURE
    if posed.key.solution:
        yield Need.SOLUTION
    for form, key in zip(posed.item.forms, posed.key.forms, strict=True):
        yield from _needs(form, key)


def _needs(form: Form, key: FormKey) -> Iterator[Need]:
    match form, key:
        case Choose(), ChooseKey():
            yield from _choice_needs(form, key)
        case Blanks(), tuple():
            yield from _blank_needs(form, key)
        case Enter(), NumberKey():
            yield from _number_needs(key)
        case _, FormulaKey():
            yield Need.FORMULA
            if any(misconception for _, _, misconception in key.wrong):
                yield Need.MISCONCEPTION
        case Enter(), BlankKey():
            yield from _word_needs(key)
            if form.lines > 1:
                yield Need.LINES
        case _, TextKey():
            yield Need.TEXT
        case _, ArrangeKey():
            yield Need.ORDER_PAIRS if key.by_pairs else Need.ORDER
            if key.wrong:
                yield Need.ORDER_FEEDBACK
            if any(misconception for _, _, misconception in key.wrong):
                yield Need.MISCONCEPTION
        case _, PairKey():
            yield from _pair_needs(key)
        case _:
            if isinstance(form, HandIn):
                yield Need.HAND_IN


def _choice_needs(form: Choose, key: ChooseKey) -> Iterator[Need]:
    if not form.several and any(0 < share < 1 for share in key.shares.values()):
        yield Need.CHOICE_PARTIAL
    if form.several:
        gain = Fraction(1, max(len(key.right), 1))
        if any(share not in (gain, -gain) for share in key.shares.values()):
            yield Need.CHOICE_UNEQUAL
    if any(key.feedback.values()):
        yield Need.CHOICE_FEEDBACK
    if any(key.misconceptions.values()):
        yield Need.MISCONCEPTION


def _number_needs(key: NumberKey) -> Iterator[Need]:
    yield Need.NUMBER_WRITING
    if key.units:
        yield Need.NUMBER_UNITS
    if key.digits:
        yield Need.NUMBER_DIGITS
    if any(0 < band.share < 1 for band in key.bands):
        yield Need.NUMBER_PARTIAL
    if any(band.feedback for band in key.bands):
        yield Need.NUMBER_FEEDBACK
    if any(band.misconception for band in key.bands):
        yield Need.MISCONCEPTION


def _word_needs(key: BlankKey) -> Iterator[Need]:
    yield Need.WORD_SPELLING
    if key.ignore:
        yield Need.WORD_IGNORE
    if any(feedback for _, feedback, _ in key.wrong):
        yield Need.WORD_FEEDBACK
    if any(misconception for _, _, misconception in key.wrong):
        yield Need.MISCONCEPTION


def _blank_needs(form: Blanks, keys: tuple[BlankKey, ...]) -> Iterator[Need]:
    if len(form.fields) > 1:
        yield Need.BLANKS
    if len({key.share for key in keys}) > 1:
        yield Need.BLANKS_UNEQUAL
    for key in keys:
        if key.number is not None:
            yield Need.BLANKS_NUMBER
            yield from _number_needs(key.number)
        elif key.formula is not None:
            yield Need.BLANKS_FORMULA
            yield from _needs(Enter("formula"), key.formula)
        else:
            yield from _word_needs(key)


def _pair_needs(key: PairKey) -> Iterator[Need]:
    yield Need.PAIR
    if any(feedback for _, _, feedback, _ in key.wrong):
        yield Need.PAIR_FEEDBACK
    if any(misconception for *_, misconception in key.wrong):
        yield Need.MISCONCEPTION
