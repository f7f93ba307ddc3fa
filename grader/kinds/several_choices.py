"""Any number of right choices; each right one earns its share, each wrong one takes as much away."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from grader.kinds.choices import SEVERAL_RULE, Choices, build_choices, choice_faults, pose_choices
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

    class SeveralChoicesEntry(QuizEntry):
        """Any number of right choices among several."""

        model_config = ConfigDict(title="several choices")

        kind: Literal["several_choices"] = Field(description="several_choices: any number of choices is right.")
        choices: list[ChoiceEntry] = Field(min_length=3, max_length=20, description="Right ones and wrong ones.")
        show: Show = None
        keep_order: KeepOrder = False

    return SeveralChoicesEntry


def _faults(question: View, topic: Sequence[View], reference: Reference) -> Iterator[Fault]:
    del topic, reference
    yield from common_faults(question)
    yield from choice_faults(question, several=True)


def _build(question: View, topic: str) -> QuizQuestion:
    return build_question(question, topic, KIND.name, build_choices(question))


def _pose(question: QuizQuestion, variant: Variant, points: Fraction) -> Posed:
    content: Choices = question.content
    form, key = pose_choices(content, variant, several=True)
    return Posed(
        item_of(question, variant, points, form, rule=SEVERAL_RULE),
        Key((key,), (Fraction(1),), variant.fill(question.solution), SEVERAL_RULE),
    )


KIND = Kind("several_choices", _shape, _faults, _build, _pose)
