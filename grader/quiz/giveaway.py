"""What many variants of a question give away together: where the answer stands, how it looks, that it is one."""

from collections.abc import Iterator, Sequence

from grader.model.quiz import QuizQuestion
from grader.model.sheet import (
    Arrange,
    ArrangeKey,
    Band,
    BlankKey,
    Choose,
    ChooseKey,
    FormulaKey,
    NumberKey,
    Pair,
    PairKey,
    Posed,
)
from grader.quiz.flaws import Flaw
from grader.quiz.texts import visible_length

__all__ = ["giveaways"]

UNSEEN = 2  # signs by which a choice may be longer than all others: no reader sees which one it is
LEAST_VARIANTS = 20  # that it takes to say always
SHUFFLE = "Let the choices be shuffled, or write another one first"


def giveaways(question: QuizQuestion, variants: Sequence[Posed]) -> Iterator[Flaw]:
    """Say what gives the answer away over the variants."""
    if len(variants) < LEAST_VARIANTS:
        return
    keeps_order = getattr(question.content, "keep_order", False) is True
    for number, key in enumerate(variants[0].key.forms):
        pairs = [(one.item.forms[number], one.key.forms[number]) for one in variants]
        match key:
            case ChooseKey():
                chosen = [(f, k) for f, k in pairs if isinstance(f, Choose) and isinstance(k, ChooseKey)]
                yield from _of_choices(chosen, keeps_order=keeps_order)
            case ArrangeKey() | PairKey():
                yield from _of_letters(pairs)
            case _:
                pass
    if question.parameters:
        yield from _constant(variants)


def _constant(variants: Sequence[Posed]) -> Iterator[Flaw]:
    """Say which answer does not follow from what is drawn: all of it, or the number of a blank.

    A word is seldom drawn, and may stand beside numbers that are.
    """
    values = {_value(one) for one in variants}
    hint = "Let it follow from what is drawn, or draw nothing"
    if len(values) == 1 and any(next(iter(values))):
        words = "the right answer is the same in every variant, although the question has parameters"
        yield Flaw(("parameters",), words, hint, sort="constant")
        return
    blanks = [key for one in variants for key in one.key.forms if isinstance(key, tuple)]
    for place, column in enumerate(zip(*blanks, strict=True)):
        numbers = {_of_number(key.number) if key.number else None for key in column}
        if len(numbers) == 1 and None not in numbers:
            words = "the number in this blank is the same in every variant, although the question has parameters"
            yield Flaw(("blanks", place), words, hint, sort="constant")


def _of_choices(pairs: Sequence[tuple[Choose, ChooseKey]], *, keeps_order: bool) -> Iterator[Flaw]:
    if any(len(form.options) < 3 for form, _ in pairs):
        return  # of two, as in true or false, each is first or last
    several = any(form.several for form, _ in pairs)
    letters = {key.right for _, key in pairs}
    if len(letters) == 1 and any(len(key.right) < len(form.options) for form, key in pairs):
        always = next(iter(letters))
        if not several and always[:1] == (pairs[0][0].options[0].letter,):
            yield Flaw(("choices",), "the right choice is the first one in every variant", SHUFFLE, sort="letter")
        elif not keeps_order:
            words = f"the key is {', '.join(always)} in every variant, although the choices are shuffled"
            yield Flaw(("choices",), words, "Write more choices, or let all of them be shuffled", sort="letter")
    if not several and all(_is_longest(form, key) for form, key in pairs):
        words = "the right choice is the longest in every variant"
        hint = f"Say as much in a wrong one, or shorten it: {UNSEEN} signs more are not seen"
        yield Flaw(("choices",), words, hint, sort="longest")


def _is_longest(form: Choose, key: ChooseKey) -> bool:
    right = [visible_length(option.text) for option in form.options if option.letter in key.right]
    wrong = [visible_length(option.text) for option in form.options if option.letter not in key.right]
    return bool(right) and min(right) > max(wrong, default=0) + UNSEEN


def _of_letters(pairs: Sequence[tuple[object, object]]) -> Iterator[Flaw]:
    orders = {
        key.order if isinstance(key, ArrangeKey) else tuple(getattr(key, "pairs", {}).items()) for _, key in pairs
    }
    if len(orders) > 1:
        return
    order = next(iter(orders))
    form = pairs[0][0]
    is_shown_right = isinstance(form, Arrange) and order == tuple(option.letter for option in form.options)
    what = "the options stand in the right order" if is_shown_right else "the key has the same letters"
    yield Flaw(
        ("options",), f"{what} in every variant", "Write more of them, so that they can be shuffled", sort="letter"
    )


def _value(posed: Posed) -> tuple[object, ...]:
    """Return what is right in a variant, wherever it stands; nothing for what people mark."""
    return tuple(_right(form, key) for form, key in zip(posed.item.forms, posed.key.forms, strict=True))


def _right(form: object, key: object) -> object:
    match form, key:
        case Choose(), ChooseKey():
            return tuple(sorted(option.text for option in form.options if option.letter in key.right))
        case _, NumberKey():
            return _of_number(key)
        case _, FormulaKey():
            return key.formula
        case Arrange(), ArrangeKey():
            texts = {option.letter: option.text for option in form.options}
            return tuple(texts[letter] for letter in key.order)
        case Pair(), PairKey():
            texts = {option.letter: option.text for option in form.right}
            return tuple(sorted((left.text, texts.get(key.pairs.get(left.letter, ""), "")) for left in form.left))
        case _, tuple():
            return tuple(_of_blank(blank) for blank in key)
        case _, BlankKey():
            return _of_blank(key)
        case _:
            return ()


def _of_blank(blank: BlankKey) -> object:
    number = _of_number(blank.number) if blank.number else ""
    return blank.words, number, blank.formula.formula if blank.formula else ""


def _of_number(key: NumberKey) -> object:
    """Return the number; where it is an example of what counts, the intervals that earn something, too.

    How much room there is around a number, and what is told to wrong ones, may change as it likes.
    """
    right = [band for band in key.bands if band.share == 1]
    if all(_is_around(key.value, band) for band in right):
        return key.shown
    return key.shown, tuple((band.low, band.high, band.share) for band in key.bands if band.share)


def _is_around(value: float, band: Band) -> bool:
    room = band.high - band.low
    return abs(band.low / 2 + band.high / 2 - value) <= 1e-6 * room + 1e-12 * abs(value)
