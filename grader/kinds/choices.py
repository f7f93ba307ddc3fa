"""What the kinds with choices share: the entry of a choice, its faults, which are shown, and their letters."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from string import ascii_uppercase
from types import MappingProxyType

from grader.kinds.kind import Fault
from grader.kinds.quizfaults import names_of, text_faults
from grader.kinds.variant import Variant
from grader.kinds.view import View
from grader.model.sheet import Choose, ChooseKey, Option

__all__ = [
    "ONE_RULE",
    "SEVERAL_RULE",
    "Choice",
    "Choices",
    "build_choices",
    "choice_faults",
    "lettered",
    "pick",
    "pose_choices",
    "repeated_texts",
]

ONE_RULE = "The right choice earns all points, any other none."
SEVERAL_RULE = (
    "The right choices together earn all points, each the same; "
    "each wrong one takes away as much as a right one gives, but nothing falls below zero."
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the choices that an author wrote."""

    text: str
    is_right: bool
    feedback: str = ""
    misconception: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of a question, how many of them are shown (0: all), and whether in the order of the bank."""

    every: tuple[Choice, ...]
    show: int
    keep_order: bool


def choice_faults(question: View, *, several: bool) -> Iterator[Fault]:
    """Say what is wrong with the choices: their texts, how many are right, and how many are shown."""
    known = names_of(question)
    choices = question.views("choices")
    for choice in choices:
        for key in ("text", "feedback"):
            yield from text_faults(choice.at(key), choice.get(key), known)
        if choice.has("misconception") and choice.get("right") is True:
            words = "a right choice betrays no misconception"
            yield Fault(choice.at("misconception"), words, "Remove it here", at_key=True)
    yield from repeated_texts(choices, "text", "choice")
    right = sum(choice.get("right") is True for choice in choices)
    if choices:
        yield from _right_faults(question, right, len(choices), several=several)
    show = question.get("show")
    if type(show) is int and show > len(choices):
        words = f"{show} choices are to be shown, and there are {len(choices)}"
        yield Fault(question.at("show"), words, "Write more choices, or show fewer")
    elif type(show) is int and several and show <= right:
        words = f"{show} choices are to be shown, and {right} are right: there is no room for a wrong one"
        yield Fault(question.at("show"), words, f"Show at least {right + 1}")


def _right_faults(question: View, right: int, count: int, *, several: bool) -> Iterator[Fault]:
    if not several and right != 1:
        words = f"{right or 'none'} of the choices {'are' if right > 1 else 'is'} right"
        yield Fault(question.at("choices"), words, "Mark exactly one with `right: true`")
    elif several and right == 0:
        words = "none of the choices is right"
        yield Fault(question.at("choices"), words, "Mark those that are with `right: true`")
    elif several and right == count:
        words = "all of the choices are right"
        yield Fault(question.at("choices"), words, "Write wrong ones, too: who ticks everything knows nothing")


def repeated_texts(entries: Sequence[View], key: str, what: str) -> Iterator[Fault]:
    """Say which texts stand there twice."""
    seen: dict[str, int] = {}
    for number, entry in enumerate(entries, start=1):
        text = entry.text(key).strip()
        if text and text in seen:
            words = f"the {what} {_short(text)} reads like {what} {seen[text]}"
            yield Fault(entry.at(key), words, "Change or remove one of them")
        seen.setdefault(text, number)


def _short(text: str) -> str:
    return repr(text) if len(text) <= 40 else repr(text[:37] + "...")


def build_choices(question: View) -> Choices:
    """Make the choices of what nothing is wrong with."""
    every = tuple(
        Choice(
            one.text("text").strip(),
            one.get("right") is True,
            one.text("feedback").strip(),
            one.text("misconception"),
        )
        for one in question.views("choices")
    )
    return Choices(every, question.get("show") or 0, question.get("keep_order") is True)


def pick(choices: Choices, variant: Variant) -> tuple[Choice, ...]:
    """Pick as many choices as are shown, every right one among them, and put them in this variant's order."""
    right = [choice for choice in choices.every if choice.is_right]
    wrong = variant.stream.branch("pick").shuffled([choice for choice in choices.every if not choice.is_right])
    room = max(choices.show - len(right), 1) if choices.show else len(wrong)
    kept = {id(choice) for choice in (*right, *wrong[:room])}
    chosen = [choice for choice in choices.every if id(choice) in kept]
    return tuple(chosen) if choices.keep_order else variant.stream.branch("order").shuffled(chosen)


def lettered(texts: Sequence[str], variant: Variant) -> tuple[Option, ...]:
    """Give letters to texts, filled in, in their order."""
    return tuple(Option(ascii_uppercase[at], variant.fill(text)) for at, text in enumerate(texts))


def pose_choices(choices: Choices, variant: Variant, *, several: bool) -> tuple[Choose, ChooseKey]:
    """Make the form and the key of one variant, by ``ONE_RULE`` or by ``SEVERAL_RULE``."""
    shown = pick(choices, variant)
    options = lettered([choice.text for choice in shown], variant)
    letters = [option.letter for option in options]
    gain = Fraction(1, sum(choice.is_right for choice in shown))
    loss = -gain if several else Fraction(0)
    shares = {letter: gain if one.is_right else loss for letter, one in zip(letters, shown, strict=True)}
    return (
        Choose(options, several),
        ChooseKey(
            shares=MappingProxyType(shares),
            feedback=_where(letters, [variant.fill(choice.feedback) for choice in shown]),
            misconceptions=_where(letters, [choice.misconception for choice in shown]),
        ),
    )


def _where(letters: Sequence[str], texts: Sequence[str]) -> Mapping[str, str]:
    return MappingProxyType({letter: text for letter, text in zip(letters, texts, strict=True) if text})
