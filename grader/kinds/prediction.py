"""What does this code print? The key is what it prints: the code is run, once for each variant of its text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Any

from grader.kinds.kind import Fault, Kind, Reference
from grader.kinds.number import Asked, Wrong, number_form, number_key, number_rule, open_rule
from grader.kinds.printed import printed
from grader.kinds.quizbuild import build_question, item_of
from grader.kinds.quizfaults import common_faults, formula_faults, names_of, text_faults
from grader.kinds.tolerance import Tolerance, build_tolerance, shapes, tolerance_faults
from grader.kinds.variant import PLACEHOLDER, Variant, VariantError, draw
from grader.kinds.view import View
from grader.model.quiz import QuizQuestion
from grader.model.sheet import BlankKey, Enter, Key, Posed
from grader.numerics.draws import Stream

__all__ = ["KIND"]

RULE = "What is printed earns all points, anything else none"
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
EXACT = Tolerance("absolute", "0")


@dataclass(frozen=True, slots=True)
class Content:
    """The code, whether its output is compared as a number and how closely, and telling wrong predictions."""

    code: str
    tolerance: Tolerance | None
    wrong: tuple[Wrong, ...]
    hint: str
    ignore: tuple[str, ...]


@cache
def _shape() -> Any:
    from typing import Literal

    from pydantic import ConfigDict, Field

    from grader.kinds.quizfields import Markdown, QuizEntry, WrongEntry

    allowed: Any = shapes()

    class PredictionEntry(QuizEntry):
        """Code, and what it prints: the key is made by running it."""

        model_config = ConfigDict(title="prediction")

        kind: Literal["prediction"] = Field(description="prediction: what a piece of code prints.")
        code: Markdown = Field(description="Python that prints something; [[name]] stands for a drawn value.")
        kind_of_answer: Literal["text", "number"] = Field(
            "text", alias="as", description="`number` compares what is printed as one number."
        )
        tolerance: allowed | None = Field(  # pyright: ignore[reportInvalidTypeForm] (made at run time)
            None, description="For a number: the error that is allowed; else none is."
        )
        wrong: list[WrongEntry] = Field(default_factory=list, description="Wrong predictions that tell something.")
        ignore: list[Literal["commas", "spaces"]] = Field(
            default_factory=list, max_length=2, description="What does not count: [1, 2] is [1 2] without commas."
        )
        hint: str = Field("", max_length=200, description="Shown beside the field.")

    return PredictionEntry


def _faults(question: View, topic: Sequence[View], reference: Reference) -> Iterator[Fault]:
    del topic, reference
    faults = [*common_faults(question), *_own_faults(question)]
    yield from faults
    if not faults and question.text("code").strip():
        yield from _tried(question)


def _own_faults(question: View) -> Iterator[Fault]:
    known = names_of(question)
    yield from text_faults(question.at("code"), question.get("code"), known)
    for match in PLACEHOLDER.finditer(question.text("code")):
        if not any(re.search(rf"\b{name}\b", match[1]) for name in known):
            words = f"{match[0]} names nothing that is drawn, and its value would be put in its place"
            yield Fault(question.at("code"), words, "Brackets of Python are kept apart: write [ [1, 2] ]")
    is_number = question.get("as") == "number"
    if question.has("tolerance") and not is_number:
        words = "a tolerance is for numbers, and what is printed is compared as text"
        yield Fault(question.at("tolerance"), words, "Write `as: number`, or remove it", at_key=True)
    elif question.has("ignore") and is_number:
        words = "`ignore` is for text, and what is printed is compared as a number"
        yield Fault(question.at("ignore"), words, "Remove it", at_key=True)
    elif question.has("tolerance"):
        yield from tolerance_faults(View({"tolerance": question.get("tolerance")}, question.path), known)
    for wrong in question.views("wrong"):
        yield from text_faults(wrong.at("feedback"), wrong.get("feedback"), known)
        check = formula_faults if is_number else text_faults
        yield from check(wrong.at("answer"), wrong.get("answer"), known)


def _tried(question: View) -> Iterator[Fault]:
    """Run the code of one variant, so that what is wrong with it is known where it stands."""
    name = question.text("id")
    try:
        made = _build(question, name)
        _pose(made, draw(made, Stream.of(b"", "tried")), Fraction(1))
    except VariantError as error:
        complaint = error.complaints[0]
        yield Fault(question.at("code"), complaint.message.removeprefix(f"{name}/{name}: "), complaint.hint)
    except Exception:  # noqa: BLE001 (what was written may have any shape, and is complained about elsewhere)
        return


def _build(question: View, topic: str) -> QuizQuestion:
    tolerance = build_tolerance(question) if question.has("tolerance") else EXACT
    content = Content(
        code=question.text("code").strip("\n").rstrip(),
        tolerance=tolerance if question.get("as") == "number" else None,
        wrong=tuple(
            Wrong(str(one.get("answer")), one.text("feedback").strip(), one.text("misconception"))
            for one in question.views("wrong")
        ),
        hint=question.text("hint").strip(),
        ignore=tuple(dict.fromkeys(text for _, text in question.texts("ignore"))),
    )
    return build_question(question, topic, KIND.name, content)


def _pose(question: QuizQuestion, variant: Variant, points: Fraction) -> Posed:
    content: Content = question.content
    code = variant.fill(content.code)
    try:
        text = printed(code)
    except VariantError as error:
        complaint = error.complaints[0]
        raise VariantError(f"{question.id}: {complaint.message}", hint=complaint.hint) from None
    solution = variant.fill(question.solution)
    if content.tolerance is not None:
        asked = _asked(question, content, content.tolerance, text)
        key = replace(number_key(asked, variant), shown=text.strip())
        item = item_of(question, variant, points, number_form(asked), rule=open_rule(asked, variant), code=code)
        return Posed(item, Key((key,), (Fraction(1),), solution, number_rule(asked, variant)))
    wrong = tuple(
        (variant.fill(one.answer), variant.fill(one.feedback), one.misconception) for one in content.wrong
    )
    lines = text.count("\n") + 1
    form = Enter("word" if lines == 1 else "text", lines=lines, hint=content.hint)
    blank = BlankKey(Fraction(1), words=(text,), wrong=wrong, ignore=content.ignore)
    rule = _rule(content.ignore)
    item = item_of(question, variant, points, form, rule=rule, code=code)
    return Posed(item, Key((blank,), (Fraction(1),), solution, rule))


def _rule(ignore: tuple[str, ...]) -> str:
    spaces = "spaces" if "spaces" in ignore else "extra spaces"
    free = ["capitals", "empty lines", *(["commas"] if "commas" in ignore else []), spaces]
    return f"{RULE}; {', '.join(free[:-1])} and {free[-1]} do not matter."


def _asked(question: QuizQuestion, content: Content, tolerance: Tolerance, text: str) -> Asked:
    """Ask for what is printed as for any other number. Raises VariantError where it is none."""
    if not NUMBER.fullmatch(text.strip()):
        words = f"{question.id}: the code prints {text[:60]!r}, and a finite number is asked for"
        raise VariantError(words, hint="Print one number, or leave out `as: number`.")
    return Asked(text.strip(), tolerance, (), content.wrong, "", content.hint)


KIND = Kind("prediction", _shape, _faults, _build, _pose)
