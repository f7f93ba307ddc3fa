"""What can be wrong with one variant of a question, whatever its kind: seen from its item and its key alone."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

from grader.model.sheet import (
    ArrangeKey,
    Band,
    BlankKey,
    Choose,
    ChooseKey,
    Form,
    FormKey,
    FormulaKey,
    NumberKey,
    Pair,
    PairKey,
    Posed,
)
from grader.quiz.reading import normal
from grader.quiz.texts import says_the_same, texts_of

__all__ = ["Flaw", "flaws_of"]

ALWAYS = True

_UNFILLED = re.compile(r"\[\[ *[A-Za-z_(][^\n]{0,40}|\[\[[^\[\]\n]*:[^\[\]\n]*\]\]")  # not a list in a list

Path = tuple[str | int, ...]
Complaints = Callable[[str], tuple[str, ...]]  # what a page would show wrongly of a text


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with a variant. One that is said of every variant only counts when it holds in all."""

    path: Path
    words: str
    hint: str
    only_if_always: bool = False
    sort: str = ""  # flaws of one sort and place are told once, with the first as the example


def flaws_of(posed: Posed, complaints: Complaints) -> Iterator[Flaw]:
    """Say what is wrong with one variant."""
    yield from _text_flaws(posed, complaints)
    for form, key in zip(posed.item.forms, posed.key.forms, strict=True):
        yield from _form_flaws(form, key)
        yield from _given_away(posed.item.prompt, form, key)


def _text_flaws(posed: Posed, complaints: Complaints) -> Iterator[Flaw]:
    for key, text in texts_of(posed):
        if "[[" in text and (left := _UNFILLED.search(text)):
            words = f"`{left[0]}` is left in the text: nothing was put in its place"
            yield Flaw((key,), words, "Write [[name]] or [[formula:.3f]], closed on the same line", sort="left")
        if "$" in text:
            for words in _shown_wrongly(text, complaints):
                yield Flaw((key,), words, "Write it with other commands, or with braces", sort="latex")


@lru_cache(maxsize=65536)
def _shown_wrongly(text: str, complaints: Complaints) -> tuple[str, ...]:
    loose = [
        f"the formula {formula} raises or lowers only the first sign of `{found[1]}`: it needs braces"
        for formula in re.findall(r"\$[^$]+\$", text)
        if (found := re.search(r"[\^_]\s?(-[\w.]+|[0-9][0-9.]+)", formula))
    ]
    return (*loose, *_rendered(re.sub(r"[0-9]+(?:\.[0-9]+)?", "7", text), complaints))  # numbers change nothing


@lru_cache(maxsize=65536)
def _rendered(text: str, complaints: Complaints) -> tuple[str, ...]:
    return complaints(text)


def _form_flaws(form: Form, key: FormKey) -> Iterator[Flaw]:
    match form, key:
        case Choose(), ChooseKey():
            right = frozenset(key.right)
            texts = sorted((option.text, option.letter in right) for option in form.options)
            yield from _choice_flaws(tuple(texts))
            for letter in key.misconceptions.keys() - key.feedback.keys():
                yield _silent(("choices",), key.misconceptions[letter])
        case _, NumberKey():
            yield from _number_flaws(key)
        case _, FormulaKey():
            yield from _formula_flaws(key.formula, tuple(sorted(key.ranges.items())), key.wrong)
        case Pair(), PairKey():
            yield from _pair_flaws(tuple(sorted(option.text for option in form.right)))
            yield from (_silent(("wrong",), one) for _, _, says, one in key.wrong if one and not says)
        case _, ArrangeKey():
            if repeated := {order for order, _, _ in key.wrong if [o for o, _, _ in key.wrong].count(order) > 1}:
                words = f"the wrong order {', '.join(min(repeated))} is told twice"
                yield Flaw(("wrong",), words, "Remove one of them", sort="order")
        case _, tuple():
            for number, blank in enumerate(key):
                yield from _blank_flaws(("blanks", number), blank)
        case _, BlankKey():
            yield from _blank_flaws((), key)
        case _:
            return


@lru_cache(maxsize=65536)
def _choice_flaws(choices: tuple[tuple[str, bool], ...]) -> tuple[Flaw, ...]:
    found: list[Flaw] = []
    if not any(is_right for _, is_right in choices):
        found.append(Flaw(("choices",), "no choice is right", "Mark one with `right: true`", sort="none"))
    for (one, one_right), (other, other_right) in combinations(choices, 2):
        if one_right == other_right:
            if not says_the_same(one, other):
                continue
            words = f"two choices are the same: {_short(one)} and {_short(other)}"
            found.append(Flaw(("choices",), words, "Change one, or forbid the draw with `require`", sort="same"))
        elif says_the_same(one, other):
            right, wrong = (one, other) if one_right else (other, one)
            words = f"two choices are right: {_short(wrong)} has the value of the right one, {_short(right)}"
            hint = "Change the wrong one, or forbid the draw with `require`"
            found.append(Flaw(("choices",), words, hint, sort="right"))
    return tuple(found)


@lru_cache(maxsize=65536)
def _pair_flaws(right: tuple[str, ...]) -> tuple[Flaw, ...]:
    """Say which right sides are the same: each of them belongs to what the other belongs to."""
    hint = "Write them as the same text, which is shown once, change one, or forbid the draw with `require`"
    return tuple(
        Flaw(("pairs",), f"two right sides are the same: {_short(one)} and {_short(other)}", hint, sort="right")
        for one, other in combinations(right, 2)
        if says_the_same(one, other)
    )


def _number_flaws(key: NumberKey, path: Path = ()) -> Iterator[Flaw]:
    at: Path = path or ("answer",)
    right = [band for band in key.bands if band.share == 1]
    if not math.isfinite(key.value) or not right:
        words = f"the right number is {key.value}, which is not finite"
        yield Flaw(at, words, "Forbid the draw with `require`, or correct the formula", sort="finite")
        return
    if any(
        not (math.isfinite(band.low) and math.isfinite(band.high) and band.low <= band.high) for band in key.bands
    ):
        words = "an interval of numbers is empty or not finite"
        yield Flaw(at, words, "Write [lowest, highest], both finite", sort="interval")
    if not any(band.low <= key.value <= band.high for band in right):
        words = f"the right number {key.shown} lies in none of the `ranges` that count as right"
        yield Flaw(at, words, "Correct the answer or the ranges", sort="outside")
    if key.value == 0 and all(band.low == band.high == 0 for band in right) and key.digits:
        words = "the right number is 0, which has no significant digits"
        yield Flaw(at, words, "Ask for an absolute tolerance, or forbid the draw with `require`", sort="zero")
    yield from _telling_flaws(key, path)


def _telling_flaws(key: NumberKey, path: Path) -> Iterator[Flaw]:
    """Say which telling wrong values are never told, since another band holds first."""
    before = [band for band in key.bands if band.share]
    wrong = [band for band in key.bands if not band.share]
    for number, band in enumerate(wrong):
        where: Path = (*path, "wrong", number)
        if band.misconception and not band.feedback:
            yield _silent(where, band.misconception)
        middle = band.low / 2 + band.high / 2
        hiding = next((one for one in before if one.low <= middle <= one.high), None)
        if hiding is not None and hiding.share == 1:
            words = f"the wrong value {middle:.6g} is equal to the right one, {key.shown}, within the tolerance"
            yield Flaw(where, words, "Forbid the draw with `require`, or ask for more digits", sort="telling")
        elif hiding is not None:
            words = f"the wrong value {middle:.6g} is {_held(hiding)}, so that nobody reads its feedback"
            yield Flaw(where, words, "Narrow the partial answer, or remove one", ALWAYS, sort="hidden")
        before.append(band)


def _held(band: Band) -> str:
    if not band.share:
        return "equal to another wrong one within the tolerance"
    return f"nearly right already, for {float(band.share * 100):.4g} % of the points"


@lru_cache(maxsize=65536)
def _formula_flaws(
    text: str, ranges: tuple[tuple[str, tuple[str, str]], ...], wrong: tuple[tuple[str, str, str], ...]
) -> tuple[Flaw, ...]:
    from grader.numerics.equal import Verdict, same_formula
    from grader.numerics.formula import FormulaError, parse
    from grader.numerics.rewrite import other_forms

    within = {name: (Fraction(low), Fraction(high)) for name, (low, high) in ranges}
    empty = next((name for name, (low, high) in within.items() if not low < high), "")
    if empty:
        words = f"the range of `{empty}` is empty"
        return (Flaw(("variables", empty), words, "Write [lowest, highest]", sort="range"),)
    try:
        right = parse(text, within)
    except FormulaError as error:
        return (Flaw(("answer",), f"`{_cut(text)}` is no formula: {error}", "Shorten it", sort="parse"),)
    found: list[Flaw] = []
    for form in (right, *other_forms(right)):
        if not same_formula(right, form, within).is_equal:
            words = f"the key `{_cut(text)}` cannot be shown to be equal to itself written as `{_cut(form.text)}`"
            hint = "It has no value in most of the ranges of `variables`: narrow them"
            found.append(Flaw(("answer",), words, hint, sort="self"))
            break
    for number, (one, feedback, misconception) in enumerate(wrong):
        if misconception and not feedback:
            found.append(_silent(("wrong", number), misconception))
        try:
            verdict = same_formula(right, parse(one, within), within).verdict
        except FormulaError:
            continue
        if verdict is Verdict.EQUAL:
            words = f"the wrong formula `{_cut(one)}` is equal to the right one, `{_cut(text)}`"
            found.append(Flaw(("wrong", number), words, "Remove it, or forbid the draw", sort="telling"))
    return tuple(found)


def _blank_flaws(where: Path, blank: BlankKey) -> Iterator[Flaw]:
    if blank.number is not None:
        yield from _number_flaws(blank.number, where)
    if blank.formula is not None:
        key = blank.formula
        yield from _formula_flaws(key.formula, tuple(sorted(key.ranges.items())), key.wrong)
    right = {normal(word, blank.ignore) for word in blank.words}
    for number, (word, feedback, misconception) in enumerate(blank.wrong):
        at: Path = (*where, "wrong", number)
        if misconception and not feedback:
            yield _silent(at, misconception)
        if normal(word, blank.ignore) in right:  # as marking compares them
            words = f"{_short(word)} counts as right and as wrong"
            yield Flaw(at, words, "Remove it in one of the two", sort="word")


def _silent(path: Path, misconception: str) -> Flaw:
    words = f"who shows the misconception `{misconception}` here is told nothing"
    return Flaw(path, words, "Write a `feedback` beside it", sort=f"silent {misconception}")


def _given_away(prompt: str, form: Form, key: FormKey) -> Iterator[Flaw]:
    """Say when the prompt holds the answer, and no other answer beside it."""
    for number, (answer, others) in enumerate(_answers(form, key)):
        if _holds(prompt, answer) and not any(_holds(prompt, other) for other in others):
            words = f"the prompt holds the answer: {_short(answer)}"
            yield Flaw(("prompt",), words, "Ask without saying it", ALWAYS, sort=f"given {number}")


def _answers(form: Form, key: FormKey) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Go through the answers that may stand in a prompt as they are, each with its wrong neighbours."""
    match form, key:
        case Choose(several=False), ChooseKey():
            right = frozenset(key.right)
            wrong = tuple(option.text for option in form.options if option.letter not in right)
            yield from ((option.text, wrong) for option in form.options if option.letter in right)
        case _, NumberKey():
            if len(re.sub(r"\D", "", key.shown)) > 2:
                yield key.shown, ()
        case _, FormulaKey():
            if len(key.formula) > 3:
                yield from ((text, ()) for text in {key.formula, key.latex} if text)
        case _, tuple():
            for blank in key:
                wrong = tuple(word for word, _, _ in blank.wrong)
                yield from ((word, (*wrong,)) for word in blank.words)
        case _, BlankKey():
            yield from ((word, ()) for word in key.words)
        case _:
            return


@lru_cache(maxsize=65536)
def _holds(prompt: str, answer: str) -> bool:
    """Whether an answer of more than two signs stands in a prompt by itself, not as a part of something longer."""
    plain, wanted = (re.sub(r"[\s$`*]", "", text).casefold() for text in (prompt, answer))
    if len(wanted) < 3 or wanted not in plain:
        return False
    spaced, words = (re.sub(r"[$`*]", "", text).casefold() for text in (prompt, answer.strip()))
    pattern = r"\s*".join(re.escape(part) for part in re.findall(r"\w+|[^\w\s]", words))
    return re.search(rf"(?<![\w.\\]){pattern}(?![\w]|\.\d)", spaced) is not None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return repr(line if len(line) <= 60 else f"{line[:57]}...")


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."
