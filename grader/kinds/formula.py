"""A formula in some variables: right if it is equal to the key's, in whatever form; wrong ones may be telling."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from grader.kinds.formulas import Ranges, answer_faults, build_ranges, formula_key, variable_faults
from grader.kinds.kind import Fault, Kind, Reference
from grader.kinds.quizbuild import build_question, item_of
from grader.kinds.quizfaults import common_faults, names_of
from grader.kinds.variant import Variant
from grader.kinds.view import View
from grader.model.quiz import QuizQuestion
from grader.model.sheet import Enter, Key, Posed

__all__ = ["KIND"]

RULE = "A formula that is equal to the right one, in whatever form, earns all points, any other none."


@dataclass(frozen=True, slots=True)
class Content:
    """The right formula, where its variables live, and telling wrong ones with feedback and misconception."""

    answer: str
    ranges: Ranges
    wrong: tuple[tuple[str, str, str], ...]
    hint: str


@cache
def _shape() -> Any:
    from typing import Literal

    from pydantic import ConfigDict, Field

    from grader.kinds.quizfields import AsFormula, Identifier, QuizEntry, WrongEntry

    class FormulaEntry(QuizEntry):
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
    variables = {str(path[-1]) for path, _ in question.parts("variables")}
    yield from answer_faults(question, names_of(question) | variables)


def _build(question: View, topic: str) -> QuizQuestion:
    content = Content(
        answer=str(question.get("answer")),
        ranges=build_ranges(question),
        wrong=tuple(
            (str(one.get("answer")), one.text("feedback").strip(), one.text("misconception"))
            for one in question.views("wrong")
        ),
        hint=question.text("hint").strip(),
    )
    return build_question(question, topic, KIND.name, content)


def _pose(question: QuizQuestion, variant: Variant, points: Fraction) -> Posed:
    content: Content = question.content
    names = tuple(content.ranges)
    in_terms = f"in terms of {', '.join(names)}"
    form = Enter("formula", hint=f"{content.hint}, {in_terms}" if content.hint else in_terms, variables=names)
    key = formula_key(question, variant, content.answer, content.ranges, content.wrong)
    return Posed(
        item_of(question, variant, points, form),
        Key((key,), (Fraction(1),), variant.fill(question.solution), RULE),
    )


KIND = Kind("formula", _shape, _faults, _build, _pose)
