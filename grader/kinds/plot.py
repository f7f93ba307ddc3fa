"""Reading a plot: a figure, and a question about it that is answered by a choice or by a number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from grader.kinds.choices import (
    ONE_RULE,
    SEVERAL_RULE,
    Choices,
    build_choices,
    choice_faults,
    pose_choices,
)
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
from grader.kinds.variant import PLACEHOLDER, Variant, VariantError
from grader.kinds.view import View
from grader.model.quiz import QuizQuestion
from grader.model.sheet import ChooseKey, Key, NumberKey, Posed

__all__ = ["KIND"]

NUMBER = re.compile(r"[-\u2212]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
HINT = "Say what is drawn, and not what is asked for"
OF_NUMBERS = ("answer", "tolerance", "ranges", "partial", "wrong", "units", "hint")


@dataclass(frozen=True, slots=True)
class Content:
    """What is asked about the figure: one choice, several, or a number."""

    asked: Choices | Asked
    several: bool

    @property
    def keep_order(self) -> bool:
        """Whether choices stand in the order of the bank."""
        return isinstance(self.asked, Choices) and self.asked.keep_order


@cache
def _shape() -> Any:
    from typing import Literal

    from pydantic import ConfigDict, Field

    from grader.kinds.quizfields import ChoiceEntry, FigureEntry, KeepOrder, QuizEntry, Show

    fields: Any = number_fields()

    class PlotEntry(QuizEntry, fields):
        """A plot to read: with `choices`, or with a number as `answer`."""

        model_config = ConfigDict(title="plot")

        kind: Literal["plot"] = Field(description="plot: a plot to read.")
        figure: FigureEntry = Field(  # pyright: ignore[reportIncompatibleVariableOverride] (here it must be there)
            description="The plot; it must not say in words what is to be read."
        )
        choices: list[ChoiceEntry] | None = Field(
            None, min_length=2, max_length=20, description="Where it is answered by a choice."
        )
        several: bool = Field(False, description="Any number of the choices may be right.")
        show: Show = None
        keep_order: KeepOrder = False

    return PlotEntry


def _faults(question: View, topic: Sequence[View], reference: Reference) -> Iterator[Fault]:
    del topic, reference
    yield from common_faults(question)
    if question.has("choices") == question.has("answer"):
        words = "a plot is asked about with either `choices` or an `answer`, a number"
        yield Fault(question.path, words, "Write one of the two")
    elif question.has("choices"):
        yield from choice_faults(question, several=question.get("several") is True)
        for key in OF_NUMBERS:
            if question.has(key):
                yield Fault(
                    question.at(key), f"`{key}` is for a number, and here are choices", "Remove it", at_key=True
                )
    else:
        yield from number_faults(question, names_of(question))
        yield from _told_faults(question)
        for key in ("several", "show", "keep_order"):
            if question.has(key):
                words = f"`{key}` is for choices, and a number is asked for"
                yield Fault(question.at(key), words, "Remove it", at_key=True)


def _told_faults(question: View) -> Iterator[Fault]:
    """Say so where what the figure says in words has the answer in it, as a formula."""
    figure, answer = question.view("figure"), "".join(str(question.get("answer")).split())
    if any("".join(match[1].split()) == answer for match in PLACEHOLDER.finditer(figure.text("says"))):
        yield Fault(figure.at("says"), f"`says` has [[{question.get('answer')}]] in it, the answer", HINT)


def _build(question: View, topic: str) -> QuizQuestion:
    asked = build_choices(question) if question.has("choices") else build_asked(question)
    return build_question(question, topic, KIND.name, Content(asked, question.get("several") is True))


def _pose(question: QuizQuestion, variant: Variant, points: Fraction) -> Posed:
    content: Content = question.content
    asked, several, says = (
        content.asked,
        content.several,
        variant.fill(question.figure.says if question.figure else ""),
    )
    if isinstance(asked, Choices):
        form, key = pose_choices(asked, variant, several=several)
        open_to_all = rule = SEVERAL_RULE if several else ONE_RULE
        told = _chosen(says, key, {option.letter: option.text for option in form.options})
    else:
        form, key, rule = number_form(asked), number_key(asked, variant), number_rule(asked, variant)
        open_to_all = open_rule(asked, variant)
        told = _read_off(says, key)
    if told:
        raise VariantError(f"{question.id}: what the figure says in words has the answer in it: {told}", hint=HINT)
    return Posed(
        item_of(question, variant, points, form, rule=open_to_all),
        Key((key,), (Fraction(1),), variant.fill(question.solution), rule),
    )


def _chosen(says: str, key: ChooseKey, texts: dict[str, str]) -> str:
    """Return the right choice that is named in a text which does not name all choices alike; or nothing."""
    plain = " ".join(says.split()).casefold()
    named = {
        letter
        for letter, text in texts.items()
        if re.search(rf"(?<!\w){re.escape(' '.join(text.split()).casefold())}(?!\w)", plain)
    }
    right = set(key.right)
    return texts[min(named)] if named and named <= right and named != set(texts) else ""


def _read_off(says: str, key: NumberKey) -> str:
    """Return the number in a text that would be marked as right; or nothing."""
    right = [band for band in key.bands if band.share == 1]
    for match in NUMBER.finditer(says):
        number = float(match[0].replace("\u2212", "-"))
        if any(band.low <= number <= band.high for band in right):
            return match[0]
    return ""


KIND = Kind("plot", _shape, _faults, _build, _pose)
