"""One right choice among several; wrong ones may be picked from a pool, and betray misconceptions."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from grader.kinds.choices import ONE_RULE, Choices, build_choices, choice_faults, pose_choices
from grader.kinds.kind import Fault, Kind, Reference
from grader.kinds.quizbuild import build_question, item_of
from grader.kinds.quizfaults import common_faults
from grader.kinds.variant import Variant
from grader.kinds.view import View
from grader.model.quiz import QuizQuestion
from grader.model.sheet import Key, Posed

__all__ = ["KIND"]


@cache
def _shape() -> Any:
    from typing import Literal

    from pydantic import ConfigDict, Field

    from grader.kinds.quizfields import ChoiceEntry, KeepOrder, QuizEntry, Show

    class SingleChoiceEntry(QuizEntry):
        """One right choice among several."""

        model_config = ConfigDict(title="single choice")

        kind: Literal["single_choice"] = Field(description="single_choice: one choice is right.")
        choices: list[ChoiceEntry] = Field(min_length=2, max_length=20, description="Right ones and wrong ones.")
        show: Show = None
        keep_order: KeepOrder = False

    return SingleChoiceEntry


def _faults(question: View, topic: Sequence[View], reference: Reference) -> Iterator[Fault]:
    del topic, reference
    yield from common_faults(question)
    yield from choice_faults(question, several=False)


def _build(question: View, topic: str) -> QuizQuestion:
    return build_question(question, topic, KIND.name, build_choices(question))


def _pose(question: QuizQuestion, variant: Variant, points: Fraction) -> Posed:
    content: Choices = question.content
    form, key = pose_choices(content, variant, several=False)
    return Posed(
        item_of(question, variant, points, form, rule=ONE_RULE),
        Key((key,), (Fraction(1),), variant.fill(question.solution), ONE_RULE),
    )


KIND = Kind("single_choice", _shape, _faults, _build, _pose)
