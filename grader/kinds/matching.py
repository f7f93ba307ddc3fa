"""Things on the left, each to be given one of those on the right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any

from grader.kinds.choices import lettered, repeated_texts
from grader.kinds.kind import Fault, Kind, Reference
from grader.kinds.names import unknown
from grader.kinds.quizbuild import build_question, item_of
from grader.kinds.quizfaults import common_faults, names_of, text_faults
from grader.kinds.variant import Variant, VariantError
from grader.kinds.view import View
from grader.model.quiz import QuizQuestion
from grader.model.sheet import Key, Option, Pair, PairKey, Posed

__all__ = ["KIND"]

RULE = "Each right pair earns the same share of the points; a wrong one takes nothing away."
MOST = 12


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong partner that tells something."""

    right: str
    feedback: str
    misconception: str


@dataclass(frozen=True, slots=True)
class Match:
    """One thing on the left, what belongs to it, and telling wrong partners."""

    left: str
    right: str
    wrong: tuple[Wrong, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """The pairs, what stands on the right and belongs to nothing, and how many pairs are shown (0: all)."""

    pairs: tuple[Match, ...]
    others: tuple[str, ...]
    show: int


@cache
def _shape() -> Any:
    from typing import Literal

    from pydantic import ConfigDict, Field

    from grader.kinds.fields import Name, Strict, Text
    from grader.kinds.quizfields import Markdown, QuizEntry

    class WrongPartnerEntry(Strict):
        """A wrong partner that tells something."""

        model_config = ConfigDict(title="wrong partner")

        right: Markdown = Field(description="The text of another pair's right side, or one of `others`.")
        feedback: Text = Field(description="What is said to who chose it.")
        misconception: Name | None = Field(None, description="The id of a known mistake or belief.")

    class PairEntry(Strict):
        """Something on the left, and what belongs to it."""

        model_config = ConfigDict(title="pair")

        left: Markdown = Field(description="Stands on the left.")
        right: Markdown = Field(description="May be the same text in several pairs; it is shown once.")
        wrong: list[WrongPartnerEntry] = Field(
            default_factory=list, max_length=MOST, description="Wrong partners that tell something."
        )

    class MatchingEntry(QuizEntry):
        """Things on the left, each to be given one of those on the right."""

        model_config = ConfigDict(title="matching")

        kind: Literal["matching"] = Field(description="matching: pairs to find.")
        pairs: list[PairEntry] = Field(min_length=2, max_length=MOST, description="What belongs together.")
        others: list[Markdown] = Field(
            default_factory=list, max_length=MOST, description="Right sides that belong to nothing."
        )
        show: int | None = Field(
            None, ge=2, le=MOST, description="How many pairs are shown, drawn for each student."
        )

    return MatchingEntry


def _faults(question: View, topic: Sequence[View], reference: Reference) -> Iterator[Fault]:
    del topic, reference
    yield from common_faults(question)
    names, pairs, others = names_of(question), question.views("pairs"), question.texts("others")
    right = {pair.text("right").strip() for pair in pairs}
    known = [*dict.fromkeys([*(pair.text("right").strip() for pair in pairs), *(t.strip() for _, t in others)])]
    yield from repeated_texts(pairs, "left", "left side")
    for pair in pairs:
        for key in ("left", "right"):
            yield from text_faults(pair.at(key), pair.get(key), names)
        yield from _wrong_faults(pair, known, names)
    for number, (path, text) in enumerate(others):
        yield from text_faults(path, text, names)
        if text.strip() in right or text.strip() in [other.strip() for _, other in others[:number]]:
            yield Fault(path, f"{text.strip()[:40]!r} stands on the right already", "Remove it here")
    if pairs and len(known) < 2:
        words = "every pair has the same right side, and there are no `others`"
        yield Fault(question.at("pairs"), words, "Add others that belong to nothing")
    show = question.get("show")
    if type(show) is int and show > len(pairs):
        words = f"{show} pairs are to be shown, and there are {len(pairs)}"
        yield Fault(question.at("show"), words, "Write more pairs, or show fewer")


def _wrong_faults(pair: View, known: Sequence[str], names: set[str]) -> Iterator[Fault]:
    for wrong in pair.views("wrong"):
        yield from text_faults(wrong.at("feedback"), wrong.get("feedback"), names)
        text = wrong.text("right").strip()
        if text and text == pair.text("right").strip():
            yield Fault(wrong.at("right"), f"{text[:40]!r} is this pair's right partner", "Name a wrong one")
        elif text and text not in known:
            yield unknown(wrong.at("right"), text, known, "right side of this question")
    yield from repeated_texts(pair.views("wrong"), "right", "wrong partner")


def _build(question: View, topic: str) -> QuizQuestion:
    pairs = tuple(
        Match(
            pair.text("left").strip(),
            pair.text("right").strip(),
            tuple(
                Wrong(one.text("right").strip(), one.text("feedback").strip(), one.text("misconception"))
                for one in pair.views("wrong")
            ),
        )
        for pair in question.views("pairs")
    )
    others = tuple(text.strip() for _, text in question.texts("others"))
    return build_question(question, topic, KIND.name, Content(pairs, others, question.get("show") or 0))


def _pose(question: QuizQuestion, variant: Variant, points: Fraction) -> Posed:
    content: Content = question.content
    numbers = variant.stream.branch("pick").shuffled(range(len(content.pairs)))
    shown = [content.pairs[number] for number in sorted(numbers[: content.show or len(numbers)])]
    texts = dict.fromkeys([*(pair.right for pair in shown), *content.others])  # equal right sides are one option
    if len(texts) < 2:
        words = f"{question.id}: all pairs that are shown have the same right side"
        raise VariantError(words, hint="Add `others`, or show more pairs.")
    order = variant.stream.branch("order").shuffled([*texts])
    right = lettered(order, variant)
    letters = {text: option.letter for text, option in zip(order, right, strict=True)}
    left = tuple(Option(str(number), variant.fill(pair.left)) for number, pair in enumerate(shown, start=1))
    key = PairKey(
        pairs=MappingProxyType({one.letter: letters[pair.right] for one, pair in zip(left, shown, strict=True)}),
        wrong=tuple(
            (one.letter, letters[wrong.right], variant.fill(wrong.feedback), wrong.misconception)
            for one, pair in zip(left, shown, strict=True)
            for wrong in pair.wrong
            if wrong.right in letters
        ),
    )
    return Posed(
        item_of(question, variant, points, Pair(left, right), rule=RULE),
        Key((key,), (Fraction(1),), variant.fill(question.solution), RULE),
    )


KIND = Kind("matching", _shape, _faults, _build, _pose)
