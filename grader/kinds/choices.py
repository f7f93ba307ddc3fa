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

__all__ = ["Choice", "build_choices", "choice_faults", "lettered", "pick", "pose_choices"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the choices that an author wrote."""

    text: str
    is_right: bool
    feedback: str = ""
    misconception: str = ""


def choice_faults(question: View) -> Iterator[Fault]:
    """Say what is wrong with the texts of the choices."""
    known = names_of(question)
    for choice in question.views("choices"):
        for key in ("text", "feedback"):
            yield from text_faults(choice.at(key), choice.get(key), known)
        if choice.has("misconception") and choice.get("right") is True:
            words = "a right choice betrays no misconception"
            yield Fault(choice.at("misconception"), words, "Remove it here", at_key=True)


def build_choices(question: View) -> tuple[Choice, ...]:
    """Make the choices of what nothing is wrong with."""
    return tuple(
        Choice(
            one.text("text").strip(),
            one.get("right") is True,
            one.text("feedback").strip(),
            one.text("misconception"),
        )
        for one in question.views("choices")
    )


def pick(choices: Sequence[Choice], variant: Variant, show: int, *, keep_order: bool) -> tuple[Choice, ...]:
    """Pick so many choices, every right one among them, and put them in this variant's order."""
    right = [choice for choice in choices if choice.is_right]
    wrong = variant.stream.branch("pick").shuffled([choice for choice in choices if not choice.is_right])
    kept = (
        {id(choice) for choice in (*right, *wrong[: max(show - len(right), 1)])} if show else set(map(id, choices))
    )
    chosen = [choice for choice in choices if id(choice) in kept]
    return tuple(chosen) if keep_order else variant.stream.branch("order").shuffled(chosen)


def lettered(texts: Sequence[str], variant: Variant) -> tuple[Option, ...]:
    """Give letters to texts, filled in, in their order."""
    return tuple(Option(ascii_uppercase[at], variant.fill(text)) for at, text in enumerate(texts))


def pose_choices(
    shown: Sequence[Choice], shares: Sequence[Fraction], variant: Variant, *, several: bool
) -> tuple[Choose, ChooseKey]:
    """Make the form and the key of choices that are shown, each worth its share."""
    options = lettered([choice.text for choice in shown], variant)
    letters = [option.letter for option in options]
    return (
        Choose(options, several),
        ChooseKey(
            shares=MappingProxyType(dict(zip(letters, shares, strict=True))),
            feedback=_where(letters, [variant.fill(choice.feedback) for choice in shown]),
            misconceptions=_where(letters, [choice.misconception for choice in shown]),
        ),
    )


def _where(letters: Sequence[str], texts: Sequence[str]) -> Mapping[str, str]:
    return MappingProxyType({letter: text for letter, text in zip(letters, texts, strict=True) if text})
