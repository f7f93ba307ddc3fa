"""A number: right within a tolerance or intervals; nearly right for a part; telling wrong values are told so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from grader.kinds.kind import Fault, Kind, Reference
from grader.kinds.quizbuild import build_question, item_of, share_of
from grader.kinds.quizfaults import common_faults, formula_faults, names_of, text_faults
from grader.kinds.tolerance import (
    Tolerance,
    band_around,
    bands_of,
    build_tolerance,
    shapes,
    shown,
    tolerance_faults,
)
from grader.kinds.variant import Variant
from grader.kinds.view import View
from grader.model.quiz import QuizQuestion
from grader.model.sheet import Enter, Key, NumberKey, Posed

__all__ = ["KIND"]

OF_WRONG = Tolerance("digits", "3")  # around telling wrong values, where the right answer has intervals


@dataclass(frozen=True, slots=True)
class Partial:
    """Numbers that are nearly right, and their share of the points."""

    tolerance: Tolerance
    share: Fraction
    feedback: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong value that tells something."""

    answer: str
    feedback: str
    misconception: str


@dataclass(frozen=True, slots=True)
class Content:
    """The right number, what else earns something, and what is telling."""

    answer: str
    tolerance: Tolerance
    partial: tuple[Partial, ...]
    wrong: tuple[Wrong, ...]
    units: str
    hint: str


@cache
def _shape() -> Any:
    from typing import Literal

    from pydantic import ConfigDict, Field

    from grader.kinds.fields import Share, Strict
    from grader.kinds.quizfields import AsFormula, QuizEntry, WrongEntry

    allowed: Any = shapes()

    class PartialEntry(Strict):
        """Numbers that are nearly right."""

        model_config = ConfigDict(title="partial answer")

        tolerance: allowed | None = None  # pyright: ignore[reportInvalidTypeForm] (made at run time)
        ranges: list[list[AsFormula]] | None = Field(None, min_length=1, description="[[lowest, highest], ...]")
        share: Share = Field(description="Percent of the points, less than 100.")
        feedback: str = Field("", max_length=2000, description="What is said to who gives such a number.")

    class NumericEntry(QuizEntry):
        """A number to work out or to read off."""

        model_config = ConfigDict(title="numeric")

        kind: Literal["numeric"]
        answer: AsFormula = Field(description="The right number: a formula in what is drawn.")
        tolerance: allowed | None = Field(None, description="The error that is allowed.")  # pyright: ignore[reportInvalidTypeForm] (made at run time)
        ranges: list[list[AsFormula]] | None = Field(
            None, min_length=1, description="Instead of a tolerance: [[lowest, highest], ...]"
        )
        partial: list[PartialEntry] = Field(default_factory=list, description="What is nearly right, best first.")
        wrong: list[WrongEntry] = Field(default_factory=list, description="Wrong values that tell something.")
        units: str = Field("", max_length=40, description="What the number counts; may be written after it.")
        hint: str = Field("", max_length=200, description="Shown beside the field, besides digits and units.")

    return NumericEntry


def _faults(question: View, topic: Sequence[View], reference: Reference) -> Iterator[Fault]:
    del topic, reference
    yield from common_faults(question)
    known = names_of(question)
    yield from formula_faults(question.at("answer"), question.get("answer"), known)
    yield from tolerance_faults(question, known)
    for one in question.views("partial"):
        yield from tolerance_faults(one, known)
        yield from text_faults(one.at("feedback"), one.get("feedback"), known)
        share = one.get("share")
        if isinstance(share, int | float) and share >= 100:
            words = f"`share` is {share}: what earns everything is right, not partly right"
            yield Fault(one.at("share"), words, "Write less than 100 percent")
    for one in question.views("wrong"):
        yield from formula_faults(one.at("answer"), one.get("answer"), known)
        yield from text_faults(one.at("feedback"), one.get("feedback"), known)


def _build(question: View, topic: str) -> QuizQuestion:
    content = Content(
        answer=str(question.get("answer")),
        tolerance=build_tolerance(question),
        partial=tuple(
            Partial(build_tolerance(one), share_of(one.get("share")), one.text("feedback").strip())
            for one in question.views("partial")
        ),
        wrong=tuple(
            Wrong(str(one.get("answer")), one.text("feedback").strip(), one.text("misconception"))
            for one in question.views("wrong")
        ),
        units=question.text("units").strip(),
        hint=question.text("hint").strip(),
    )
    return build_question(question, topic, KIND.name, content)


def _pose(question: QuizQuestion, variant: Variant, points: Fraction) -> Posed:
    content: Content = question.content
    form = Enter("number", hint=_hint(content))
    return Posed(
        item_of(question, variant, points, form),
        Key((_key(content, variant),), (Fraction(1),), variant.fill(question.solution), _rule(content, variant)),
    )


def _key(content: Content, variant: Variant) -> NumberKey:
    tolerance = content.tolerance
    bands = bands_of(tolerance, content.answer, variant, Fraction(1))
    for one in content.partial:
        bands += bands_of(one.tolerance, content.answer, variant, one.share, variant.fill(one.feedback))
    around = OF_WRONG if tolerance.kind == "ranges" else tolerance
    for one in content.wrong:
        feedback = variant.fill(one.feedback)
        bands += band_around(around, one.answer, variant, Fraction(0), feedback, one.misconception)
    return NumberKey(
        value=variant.value(content.answer),
        shown=shown(content.answer, tolerance, variant),
        bands=bands,
        digits=tolerance.digits,
        units=content.units,
    )


def _hint(content: Content) -> str:
    digits = content.tolerance.digits
    asked = f"{digits} significant digit{'s' * (digits > 1)}" if digits else ""
    return ", ".join(
        part for part in (content.hint, asked, f"in {content.units}" if content.units else "") if part
    )


def _rule(content: Content, variant: Variant) -> str:
    right = f"A number {content.tolerance.says(variant)} earns all points"
    nearly = [f"{one.tolerance.says(variant)} {float(one.share * 100):.4g} %" for one in content.partial]
    return "; ".join([right, *nearly]) + ("; any other none." if nearly else ", any other none.")


KIND = Kind("numeric", _shape, _faults, _build, _pose)
