"""A formula in some variables: right if it is equal to the key's, in whatever form; wrong ones may be telling."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from grader.kinds.formulas import (
    AskedFormula,
    answer_faults,
    build_asked,
    formula_fields,
    formula_form,
    formula_key,
    variable_faults,
)
from grader.kinds.kind import Fault, Kind, Reference
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

    from grader.kinds.quizfields import AsFormula, Identifier, QuizEntry, WrongEntry

    fields: Any = formula_fields()

    class FormulaEntry(QuizEntry, fields):
        """A formula to find."""

        model_config = ConfigDict(title="formula")

        kind: Literal["formula"] = Field(
            description="formula: a formula, equal to the right one in whatever form."
        )
        answer: AsFormula = Field(description="The right formula, in the variables and what is drawn.")
        variables: dict[Identifier, list[AsFormula]] = Field(
            min_length=1, max_length=12, description="Each with the range it is compared on: {y: [-0.99, 0.99]}."
        )
        wrong: list[WrongEntry] = Field(default_factory=list, description="Wrong formulas that tell something.")
        hint: str = Field("", max_length=200, description="Shown beside the field, besides the variables.")

    return FormulaEntry


def _faults(question: View, topic: Sequence[View], reference: Reference) -> Iterator[Fault]:
    del topic, reference
    yield from common_faults(question)
    yield from variable_faults(question, names_of(question))
    yield from answer_faults(question, names_of(question))


def _build(question: View, topic: str) -> QuizQuestion:
    return build_question(question, topic, KIND.name, build_asked(question))


def _pose(question: QuizQuestion, variant: Variant, points: Fraction) -> Posed:
    asked: AskedFormula = question.content
    return Posed(
        item_of(question, variant, points, formula_form(asked), rule=asked.rule),
        Key((formula_key(question, variant, asked),), (Fraction(1),), variant.fill(question.solution), asked.rule),
    )


KIND = Kind("formula", _shape, _faults, _build, _pose)
