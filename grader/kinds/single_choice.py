"""One right choice among several; wrong ones may be picked from a pool, and betray misconceptions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from grader.kinds.choices import Choice, build_choices, choice_faults, pick, pose_choices
from grader.kinds.kind import Fault, Kind, Reference
from grader.kinds.quizbuild import build_question, item_of
from grader.kinds.quizfaults import common_faults
from grader.kinds.variant import Variant
from grader.kinds.view import View
from grader.model.quiz import QuizQuestion
from grader.model.sheet import Key, Posed

__all__ = ["KIND"]

RULE = "The right choice earns all points, any other none."


@dataclass(frozen=True, slots=True)
class Content:
    """The choices, how many of them are shown (0: all), and whether in the order of the bank."""

    choices: tuple[Choice, ...]
    show: int
    keep_order: bool


@cache
def _shape() -> Any:
    from typing import Literal

    from pydantic import ConfigDict, Field

    from grader.kinds.quizfields import ChoiceEntry, QuizEntry

    class SingleChoiceEntry(QuizEntry):
        """One right choice among several."""

        model_config = ConfigDict(title="single choice")

        kind: Literal["single_choice"]
        choices: list[ChoiceEntry] = Field(min_length=2, max_length=20)
        show: int | None = Field(None, ge=2, le=8, description="How many are shown: the right one, others drawn.")
        keep_order: bool = Field(False, description="Show them in the order of the bank.")

    return SingleChoiceEntry


def _faults(question: View, topic: Sequence[View], reference: Reference) -> Iterator[Fault]:
    del topic, reference
    yield from common_faults(question)
    yield from choice_faults(question)
    choices = question.views("choices")
    right = [choice for choice in choices if choice.get("right") is True]
    if choices and len(right) != 1:
        words = f"{len(right) or 'none'} of the choices {'are' if len(right) > 1 else 'is'} right"
        yield Fault(question.at("choices"), words, "Mark exactly one with `right: true`")
    show = question.get("show")
    if type(show) is int and show > len(choices):
        words = f"{show} choices are to be shown, and there are {len(choices)}"
        yield Fault(question.at("show"), words, "Write more choices, or show fewer")


def _build(question: View, topic: str) -> QuizQuestion:
    content = Content(build_choices(question), question.get("show") or 0, question.get("keep_order") is True)
    return build_question(question, topic, KIND.name, content)


def _pose(question: QuizQuestion, variant: Variant, points: Fraction) -> Posed:
    content: Content = question.content
    shown = pick(content.choices, variant, content.show, keep_order=content.keep_order)
    shares = [Fraction(choice.is_right) for choice in shown]
    form, key = pose_choices(shown, shares, variant, several=False)
    return Posed(
        item_of(question, variant, points, form),
        Key((key,), (Fraction(1),), variant.fill(question.solution), RULE),
    )


KIND = Kind("single_choice", _shape, _faults, _build, _pose)
