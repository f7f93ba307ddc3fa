"""A text of some lines, marked by people, point by point."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from grader.kinds.kind import Fault, Kind, Reference
from grader.kinds.quizbuild import build_question, item_of
from grader.kinds.quizfaults import common_faults
from grader.kinds.rubric import build_rubric, pose_rubric, rubric_faults
from grader.kinds.variant import Variant
from grader.kinds.view import View
from grader.model.quiz import QuizQuestion
from grader.model.sheet import Enter, Key, Posed, TextKey

__all__ = ["KIND"]

RULE = "Each point of the rubric that the text makes earns its share; people mark it."
LINES = 8


@dataclass(frozen=True, slots=True)
class Content:
    """The rubric, and the lines to write on."""

    rubric: TextKey
    lines: int


@cache
def _shape() -> Any:
    from typing import Literal

    from pydantic import ConfigDict, Field

    from grader.kinds.fields import Text
    from grader.kinds.quizfields import Lines, QuizEntry, RubricEntry

    class ShortAnswerEntry(QuizEntry):
        """A text of some lines, marked by people."""

        model_config = ConfigDict(title="short answer")

        kind: Literal["short_answer"] = Field(description="short_answer: a text that people mark.")
        rubric: list[RubricEntry] = Field(
            min_length=1, max_length=12, description="What the text must say, each with its share in percent."
        )
        model: Text = Field(description="An answer that makes every point; shown with the key.")
        lines: Lines = LINES

    return ShortAnswerEntry


def _faults(question: View, topic: Sequence[View], reference: Reference) -> Iterator[Fault]:
    del topic, reference
    yield from common_faults(question)
    yield from rubric_faults(question, question)


def _build(question: View, topic: str) -> QuizQuestion:
    content = Content(build_rubric(question), question.get("lines") or LINES)
    return build_question(question, topic, KIND.name, content)


def _pose(question: QuizQuestion, variant: Variant, points: Fraction) -> Posed:
    content: Content = question.content
    return Posed(
        item_of(question, variant, points, Enter("text", lines=content.lines), rule=RULE),
        Key((pose_rubric(content.rubric, variant),), (Fraction(1),), variant.fill(question.solution), RULE),
    )


KIND = Kind("short_answer", _shape, _faults, _build, _pose)
