"""A number: right within a tolerance or intervals; nearly right for a part; telling wrong values are told so."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from grader.kinds.kind import Fault, Kind, Reference
from grader.kinds.number import (
    Asked,
    build_asked,
    number_faults,
    number_fields,
    number_form,
    number_key,
    number_rule,
    open_rule,
)
from grader.kinds.quizbuild import build_question, item_of
from grader.kinds.quizfaults import common_faults, names_of
from grader.kinds.variant import Variant
from grader.kinds.view import View
from grader.model.quiz import QuizQuestion
from grader.model.sheet import Key, Posed

__all__ = ["KIND"]


@cache
def _shape() -> Any:
    from typing import Literal

    from pydantic import ConfigDict, Field

    from grader.kinds.quizfields import AsFormula, QuizEntry

    fields: Any = number_fields()

    class NumericEntry(QuizEntry, fields):
        """A number to work out or to read off."""

        model_config = ConfigDict(title="numeric")

        kind: Literal["numeric"] = Field(description="numeric: a number.")
        answer: AsFormula = Field(description="The right number: a formula in what is drawn.")

    return NumericEntry


def _faults(question: View, topic: Sequence[View], reference: Reference) -> Iterator[Fault]:
    del topic, reference
    yield from common_faults(question)
    yield from number_faults(question, names_of(question))


def _build(question: View, topic: str) -> QuizQuestion:
    return build_question(question, topic, KIND.name, build_asked(question))


def _pose(question: QuizQuestion, variant: Variant, points: Fraction) -> Posed:
    asked: Asked = question.content
    return Posed(
        item_of(question, variant, points, number_form(asked), rule=open_rule(asked, variant)),
        Key(
            (number_key(asked, variant),),
            (Fraction(1),),
            variant.fill(question.solution),
            number_rule(asked, variant),
        ),
    )


KIND = Kind("numeric", _shape, _faults, _build, _pose)
