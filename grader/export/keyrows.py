"""What a key says of a form, answer by answer, as Markdown: pages and print lay out the same rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from grader.export.answer import answer_words, band_words, percent
from grader.model.sheet import (
    Arrange,
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
    Option,
    Pair,
    PairKey,
    TextKey,
)

__all__ = ["Code", "Row", "key_rows", "key_title"]


@dataclass(frozen=True, slots=True)
class Code:
    """A text that is shown as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """An answer, what it is worth, and what is said about it; ``blank`` is the number of the blank that it is for.

    ``answer`` is of Markdown, of options with their letters, and of code, with ``between`` in between; a list is
    one thing on a line each.
    """

    answer: tuple[str | Option | Code, ...]
    worth: str
    says: str = ""
    misconception: str = ""
    is_right: bool = False
    share: Fraction | None = None  # of something that a person ticks
    is_model: bool = False  # a full answer, to compare with
    between: str = ""
    is_list: bool = False
    blank: int = 0


def key_title(form: Form, key: FormKey) -> str:
    """Return the heading of a form's rows."""
    if isinstance(key, NumberKey) and key.digits:
        return f"Answer, to {key.digits} significant digits"
    if isinstance(form, Enter) and form.label:
        return form.label
    if isinstance(form, HandIn):
        return "Marked by running the code"
    return "To be marked by a person" if isinstance(key, TextKey) else "Answer"


def key_rows(form: Form, key: FormKey) -> Iterator[Row]:
    """Yield the rows of a form: each answer that is worth or betrays something."""
    match form, key:
        case Choose(), ChooseKey():
            for option in form.options:
                share = key.shares[option.letter]
                says, betrayed = key.feedback.get(option.letter, ""), key.misconceptions.get(option.letter, "")
                yield Row((option,), percent(share), says, betrayed, share > 0)
        case Arrange(), ArrangeKey():
            options = {option.letter: option for option in form.options}
            yield Row((answer_words(key),), percent(1), is_right=True)
            if not form.lines_of_code:
                yield Row(tuple(options[letter] for letter in key.order), "", is_right=True, is_list=True)
            for order, says, betrayed in key.wrong:
                yield Row((", ".join(order),), "" if key.by_pairs else percent(0), says, betrayed)
        case Pair(), PairKey():
            yield from _pairs(form, key)
        case Blanks(), tuple():
            for number, one in enumerate(key, start=1):
                yield from _entry(one, number, f" of {percent(one.share)}")
        case _, TextKey():
            if key.model:
                yield Row((key.model,), percent(1), is_model=True)
            for point in key.rubric:
                yield Row((point.says,), percent(point.share), share=point.share)
        case _:
            yield from _entry(key)


def _pairs(form: Pair, key: PairKey) -> Iterator[Row]:
    left = {option.letter: option for option in form.left}
    right = {option.letter: option for option in form.right}
    for one, other in key.pairs.items():
        yield Row((left[one], right[other]), f"1/{len(key.pairs)}", is_right=True, between=" – ")
    for one, other, says, betrayed in key.wrong:
        yield Row((left[one], right[other]), "0", says, betrayed, between=" – ")


def _entry(key: FormKey, blank: int = 0, of: str = "") -> Iterator[Row]:
    """Yield the rows of something that is entered: a number, a formula, a word."""
    if isinstance(key, BlankKey) and (key.number or key.formula):
        yield from _entry(key.number or key.formula, blank, of)
    elif isinstance(key, NumberKey):
        for band in key.bands:
            answer, is_right = band_words(band, key), band.share == 1
            if is_right:
                answer = f"{answer_words(key)}{key.units and f' {key.units}'}, {answer}"
            worth = percent(band.share) + of
            yield Row((answer,), worth, band.feedback, band.misconception, is_right, blank=blank)
    elif isinstance(key, FormulaKey | BlankKey):
        yield Row((answer_words(key),), percent(1) + of, is_right=True, blank=blank)
        for wrong, says, betrayed in key.wrong:
            yield Row((Code(wrong),), percent(0) + of, says, betrayed, blank=blank)
