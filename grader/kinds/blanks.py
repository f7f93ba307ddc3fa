"""A text with blanks (``___``): each is filled in with a word, a number or a formula, and earns its share."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from grader.kinds.formulas import (
    AskedFormula,
    answer_faults,
    formula_fields,
    formula_form,
    formula_key,
    variable_faults,
)
from grader.kinds.formulas import build_asked as build_formula
from grader.kinds.kind import Fault, Kind, Reference
from grader.kinds.number import Asked, build_asked, number_faults, number_fields, number_form, number_key
from grader.kinds.quizbuild import build_question, item_of, share_of
from grader.kinds.quizfaults import common_faults, names_of, text_faults
from grader.kinds.rubric import share_faults
from grader.kinds.variant import Variant, plain
from grader.kinds.view import View
from grader.model.quiz import QuizQuestion
from grader.model.sheet import BlankKey, Blanks, Enter, Key, Posed

__all__ = ["KIND"]

EQUAL_RULE = "Each right blank earns the same share of the points, whatever stands in the others."
BLANK = re.compile(r"_{3,}")
MATHS = re.compile(r"(?<!\\)\$\$?[^$]+\$", re.DOTALL)
MOST = 10
OF_NUMBERS = ("tolerance", "ranges", "partial", "units")
OF_FORMULAS = ("aliases", "without")
Telling = tuple[tuple[str, str, str], ...]  # wrong answers with their feedback and misconception


@dataclass(frozen=True, slots=True)
class Words:
    """Words that count as right, and telling wrong ones."""

    right: tuple[str, ...]
    wrong: Telling
    hint: str


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into each blank, and what each is worth."""

    blanks: tuple[Words | Asked | AskedFormula, ...]
    shares: tuple[Fraction, ...]


@cache
def _shape() -> Any:
    from typing import Literal

    from pydantic import ConfigDict, Field

    from grader.kinds.fields import Share
    from grader.kinds.quizfields import AsFormula, Identifier, QuizEntry

    fields: Any = number_fields()
    for_formulas: Any = formula_fields()

    class BlankEntry(fields, for_formulas):
        """What goes into a blank: `words`, an `answer` with a tolerance, or one with `variables`, a formula."""

        model_config = ConfigDict(title="blank")

        words: list[AsFormula] | None = Field(
            None, min_length=1, max_length=30, description="Each counts as right; capitals do not matter."
        )
        variables: dict[Identifier, list[AsFormula]] | None = Field(
            None, min_length=1, max_length=12, description="Of a formula, each with its range: {y: [-0.99, 0.99]}."
        )
        share: Share | None = Field(None, description="Percent of the points; all the same where none is written.")

    class BlanksEntry(QuizEntry):
        """A text with blanks, marked `___` in the prompt."""

        model_config = ConfigDict(title="fill in the blanks")

        kind: Literal["blanks"] = Field(description="blanks: a text with blanks (`___`).")
        blanks: list[BlankEntry] = Field(min_length=1, max_length=MOST, description="From first to last.")

    return BlanksEntry


def _faults(question: View, topic: Sequence[View], reference: Reference) -> Iterator[Fault]:
    del topic, reference
    yield from common_faults(question)
    prompt, blanks = question.text("prompt"), question.views("blanks")
    runs = BLANK.findall(prompt)
    for run in runs:
        if len(run) > 3:
            words = f"a blank is three underscores, and here are {len(run)} in a row"
            yield Fault(question.at("prompt"), words, "Write ___, with something between two of them")
    if prompt and blanks and len(runs) != len(blanks):
        words = f"the prompt has {len(runs)} blanks (`___`), and {len(blanks)} are filled in by `blanks`"
        yield Fault(question.at("blanks"), words, "Write one entry for each, from first to last", at_key=True)
    if any("___" in formula for formula in MATHS.findall(prompt)):
        words = "a blank stands between dollar signs, where nothing can be filled in"
        yield Fault(question.at("prompt"), words, "End the formula before it: $y =$ ___")
    known = names_of(question)
    for blank in blanks:
        yield from _blank_faults(blank, known)
    if any(blank.has("share") for blank in blanks):
        yield from _all_share(question, blanks)


def _all_share(question: View, blanks: Sequence[View]) -> Iterator[Fault]:
    silent = [number for number, blank in enumerate(blanks, start=1) if not blank.has("share")]
    if silent:
        words = f"blank {silent[0]} has no `share`, and others have"
        yield Fault(blanks[silent[0] - 1].path, words, "Write one for each, or none at all")
    else:
        yield from share_faults(question.at("blanks"), blanks)


def _blank_faults(blank: View, known: set[str]) -> Iterator[Fault]:
    if blank.has("words") == blank.has("answer"):
        words = "a blank has either `words` or an `answer`"
        yield Fault(blank.path, words, "Write words: [odd], or answer: 4 with a tolerance, or with variables")
    elif blank.has("words"):
        yield from _word_faults(blank, known)
    elif blank.has("variables"):
        yield from variable_faults(blank, known)
        yield from answer_faults(blank, known)
    else:
        yield from number_faults(blank, known)
    if blank.has("words") or blank.has("variables"):
        for key in OF_NUMBERS:
            if blank.has(key):
                what = "words" if blank.has("words") else "a formula"
                yield Fault(
                    blank.at(key), f"`{key}` is for numbers, and here goes {what}", "Remove it", at_key=True
                )
    if not blank.has("variables"):
        for key in OF_FORMULAS:
            if blank.has(key):
                words = f"`{key}` is for a formula, and here goes something else"
                yield Fault(blank.at(key), words, "Remove it, or name its `variables`", at_key=True)


def _word_faults(blank: View, known: set[str]) -> Iterator[Fault]:
    right = [str(word).strip().casefold() for _, word in blank.parts("words")]
    for path, word in blank.parts("words"):
        yield from text_faults(path, word, known)
    for wrong in blank.views("wrong"):
        for key in ("answer", "feedback"):
            yield from text_faults(wrong.at(key), wrong.get(key), known)
        if str(wrong.get("answer")).strip().casefold() in right:
            words = f"{str(wrong.get('answer'))[:40]!r} counts as right and as wrong"
            yield Fault(wrong.at("answer"), words, "Remove it in one of the two")
    if blank.has("variables"):
        yield Fault(
            blank.at("variables"), "`variables` are for a formula, and here go words", "Remove them", at_key=True
        )


def _build(question: View, topic: str) -> QuizQuestion:
    written = question.views("blanks")
    equal = Fraction(1, len(written))
    shares = tuple(share_of(one.get("share")) if one.has("share") else equal for one in written)
    return build_question(question, topic, KIND.name, Content(tuple(map(_blank, written)), shares))


def _blank(written: View) -> Words | Asked | AskedFormula:
    if written.has("words"):
        wrong = tuple(
            (str(one.get("answer")), one.text("feedback").strip(), one.text("misconception"))
            for one in written.views("wrong")
        )
        right = tuple(str(word).strip() for _, word in written.parts("words"))
        return Words(right, wrong, written.text("hint").strip())
    return build_formula(written) if written.has("variables") else build_asked(written)


def _pose(question: QuizQuestion, variant: Variant, points: Fraction) -> Posed:
    content: Content = question.content
    made = [
        _posed(question, variant, blank, share)
        for blank, share in zip(content.blanks, content.shares, strict=True)
    ]
    form = Blanks(tuple(field for field, _ in made))
    return Posed(
        item_of(question, variant, points, form, rule=_rule(content)),
        Key((tuple(key for _, key in made),), (Fraction(1),), variant.fill(question.solution), _rule(content)),
    )


def _posed(
    question: QuizQuestion, variant: Variant, blank: Words | Asked | AskedFormula, share: Fraction
) -> tuple[Enter, BlankKey]:
    match blank:
        case Words():
            words = tuple(variant.fill(word) for word in blank.right)
            wrong = tuple((variant.fill(one), variant.fill(says), belief) for one, says, belief in blank.wrong)
            return Enter("word", hint=blank.hint), BlankKey(share, words=words, wrong=wrong)
        case Asked():
            return number_form(blank), BlankKey(share, number=number_key(blank, variant))
        case AskedFormula():
            return formula_form(blank), BlankKey(share, formula=formula_key(question, variant, blank))


def _rule(content: Content) -> str:
    if len(set(content.shares)) == 1:
        return EQUAL_RULE
    listed = ", ".join(f"{plain(100 * share)} %" for share in content.shares)
    return f"The blanks earn, each by itself and from first to last: {listed} of the points."


KIND = Kind("blanks", _shape, _faults, _build, _pose)
