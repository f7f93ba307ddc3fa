"""A statement that is true or false, and, where it is asked for, the reason in a few words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any

from grader.kinds.kind import Fault, Kind, Reference
from grader.kinds.quizbuild import build_question, item_of, share_of
from grader.kinds.quizfaults import common_faults, comparison_faults, names_of, text_faults
from grader.kinds.rubric import build_rubric, pose_rubric, rubric_faults
from grader.kinds.variant import Variant, decide, plain
from grader.kinds.view import View
from grader.model.quiz import QuizQuestion
from grader.model.sheet import Choose, ChooseKey, Enter, FormKey, Key, Option, Posed, TextKey

__all__ = ["KIND"]

RULE = "The right choice earns all points, the other none."
LINES = 3
TRUE, FALSE = "A", "B"


@dataclass(frozen=True, slots=True)
class Reason:
    """What is asked beside the choice: its share of the points, its rubric, the lines to write on."""

    share: Fraction
    rubric: TextKey
    lines: int


@dataclass(frozen=True, slots=True)
class Content:
    """Whether the statement is true, or the comparison that says so, and what is said to who errs."""

    answer: bool | str
    chose_true: tuple[str, str]  # wrongly: feedback and misconception
    chose_false: tuple[str, str]
    reason: Reason | None


@cache
def _shape() -> Any:
    from typing import Annotated, Literal

    from pydantic import ConfigDict, Field, PlainValidator, WithJsonSchema

    from grader.kinds.fields import Name, Share, Strict, Text
    from grader.kinds.quizfields import Lines, QuizEntry, RubricEntry

    truth: Any = Annotated[
        Any,
        PlainValidator(_truth),
        WithJsonSchema({"anyOf": [{"type": "boolean"}, {"type": "string", "minLength": 1, "maxLength": 400}]}),
    ]

    class ReasonEntry(Strict):
        """The reason that is asked for beside the choice."""

        model_config = ConfigDict(title="reason")

        share: Share = Field(description="Percent of the question's points; the choice has the rest.")
        rubric: list[RubricEntry] = Field(
            min_length=1, max_length=12, description="What the reason must say, each with its share in percent."
        )
        model: Text = Field(description="A reason that makes every point; shown with the key.")
        lines: Lines = LINES

    class SideEntry(Strict):
        """What is said to who chose this side, wrongly."""

        model_config = ConfigDict(title="side")

        feedback: Text = Field(description="What is said to who chose it.")
        misconception: Name | None = Field(None, description="What it betrays.")

    class TrueFalseEntry(QuizEntry):
        """A statement (the prompt) that is true or false."""

        model_config = ConfigDict(title="true or false")

        kind: Literal["true_false"] = Field(description="true_false: a statement, true or false.")
        answer: truth = Field(  # pyright: ignore[reportInvalidTypeForm] (made at run time)
            description="true or false, or a comparison such as `a < b` that decides it for each student."
        )
        feedback: str = Field("", max_length=2000, description="What is said to who chose the other one.")
        misconception: Name | None = Field(None, description="What the other one betrays.")
        chose_true: SideEntry | None = Field(None, description="The same to who chose True, where it is false.")
        chose_false: SideEntry | None = Field(None, description="The same to who chose False, where it is true.")
        reason: ReasonEntry | None = Field(None, description="Ask for a reason, too; people mark it.")

    return TrueFalseEntry


def _truth(value: Any) -> bool | str:
    if isinstance(value, bool) or (isinstance(value, str) and 0 < len(value.strip()) <= 400):
        return value
    raise ValueError("it must be true or false, or a comparison such as `a < b`")


def _faults(question: View, topic: Sequence[View], reference: Reference) -> Iterator[Fault]:
    del topic, reference
    yield from common_faults(question)
    known = names_of(question)
    yield from comparison_faults(question.at("answer"), question.get("answer"), known)
    yield from text_faults(question.at("feedback"), question.get("feedback"), known)
    yield from _side_faults(question, known)
    reason = question.view("reason")
    yield from rubric_faults(question, reason)
    if reason.get("share") == 100:
        words = "the reason has all points, and the choice none"
        yield Fault(reason.at("share"), words, "Leave some to the choice, or ask a short_answer")


def _side_faults(question: View, known: set[str]) -> Iterator[Fault]:
    answer = question.get("answer")
    for side, is_true in (("chose_true", True), ("chose_false", False)):
        written = question.view(side)
        yield from text_faults(written.at("feedback"), written.get("feedback"), known)
        if question.has(side) and answer is is_true:
            words = f"`{side}` is never said: the statement is {'true' if answer else 'false'}"
            yield Fault(question.at(side), words, "Remove it", at_key=True)


def _side(question: View, side: str) -> tuple[str, str]:
    """Return what is said to who chose a side wrongly, and what that betrays."""
    written = question.view(side) if question.has(side) else question
    return written.text("feedback").strip(), written.text("misconception")


def _build(question: View, topic: str) -> QuizQuestion:
    answer = question.get("answer")
    written = question.view("reason")
    reason = (
        Reason(share_of(written.get("share")), build_rubric(written), written.get("lines") or LINES)
        if question.has("reason")
        else None
    )
    content = Content(answer, _side(question, "chose_true"), _side(question, "chose_false"), reason)
    return build_question(question, topic, KIND.name, content)


def _pose(question: QuizQuestion, variant: Variant, points: Fraction) -> Posed:
    content: Content = question.content
    is_true = content.answer if isinstance(content.answer, bool) else decide(variant, content.answer)
    wrong = FALSE if is_true else TRUE
    feedback, misconception = content.chose_false if is_true else content.chose_true
    choose = Choose((Option(TRUE, "True"), Option(FALSE, "False")))
    key = ChooseKey(
        shares=MappingProxyType({TRUE: Fraction(is_true), FALSE: Fraction(not is_true)}),
        feedback=MappingProxyType({wrong: variant.fill(feedback)} if feedback else {}),
        misconceptions=MappingProxyType({wrong: misconception} if misconception else {}),
    )
    solution = variant.fill(question.solution)
    if (reason := content.reason) is None:
        item = item_of(question, variant, points, choose, rule=RULE)
        return Posed(item, Key((key,), (Fraction(1),), solution, RULE))
    rest = 1 - reason.share
    rule = (
        f"The right choice earns {plain(100 * rest)} % of the points; "
        f"the reason earns up to {plain(100 * reason.share)} %, point by point of its rubric, and people mark it."
    )
    enter = Enter("text", lines=reason.lines, label="Reason")
    forms: tuple[FormKey, ...] = (key, pose_rubric(reason.rubric, variant))
    item = item_of(question, variant, points, choose, enter, rule=rule)
    return Posed(item, Key(forms, (rest, reason.share), solution, rule))


KIND = Kind("true_false", _shape, _faults, _build, _pose)
