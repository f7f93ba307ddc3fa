"""Lines to put in order: as they were written, or by a value that may differ from student to student."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import pairwise
from string import ascii_uppercase
from typing import Any

from grader.kinds.kind import Fault, Kind, Reference
from grader.kinds.quizbuild import build_question, item_of
from grader.kinds.quizfaults import common_faults, formula_faults, names_of, text_faults
from grader.kinds.variant import Variant, VariantError
from grader.kinds.view import View
from grader.model.quiz import QuizQuestion
from grader.model.sheet import Arrange, ArrangeKey, Key, Option, Posed

__all__ = ["KIND"]

WHOLE_RULE = "The right order earns all points, any other none."
PAIRS_RULE = (
    "Each line that stands directly after the one that it should follow earns the same share of the points; "
    "the right order earns all."
)
FEWEST, MOST = 3, 12  # with two lines, the order shown would always be the wrong one


@dataclass(frozen=True, slots=True)
class Content:
    """The lines in the right order, or with formulas for the values that give it; and how they are marked."""

    lines: tuple[str, ...]
    values: tuple[str, ...]  # as many as lines, or none
    is_code: bool
    by_pairs: bool
    wrong: tuple[tuple[tuple[int, ...], str, str], ...]  # numbers of lines, feedback, misconception


@cache
def _shape() -> Any:
    from typing import Literal

    from pydantic import ConfigDict, Field

    from grader.kinds.fields import Name, Strict, Text
    from grader.kinds.quizfields import AsFormula, Markdown, QuizEntry

    class RankedEntry(Strict):
        """Something to put in order by its value."""

        model_config = ConfigDict(title="ranked line")

        text: Markdown = Field(description="What is put in order.")
        value: AsFormula = Field(description="A formula in the parameters; the smallest value comes first.")

    class WrongOrderEntry(Strict):
        """A wrong order that tells something."""

        model_config = ConfigDict(title="wrong order")

        order: list[int] = Field(
            min_length=FEWEST, max_length=MOST, description="The numbers of the lines as they are written here."
        )
        feedback: Text = Field(description="What is said to who gives this order.")
        misconception: Name | None = Field(None, description="The id of a known mistake or belief.")

    class OrderingEntry(QuizEntry):
        """Lines to put in order: `lines`, or `ranked`."""

        model_config = ConfigDict(title="ordering")

        kind: Literal["ordering"] = Field(description="ordering: lines to put in order.")
        lines: list[Markdown] | None = Field(
            None, min_length=FEWEST, max_length=MOST, description="In the right order; they are shown shuffled."
        )
        ranked: list[RankedEntry] | None = Field(
            None, min_length=FEWEST, max_length=MOST, description="In the order of their values."
        )
        code: bool = Field(False, description="The lines are Python.")
        partial: Literal["pairs"] | None = Field(
            None, description="Points for each two lines that rightly follow each other; else all or nothing."
        )
        wrong: list[WrongOrderEntry] = Field(
            default_factory=list, max_length=MOST, description="Wrong orders that tell something."
        )

    return OrderingEntry


def _faults(question: View, topic: Sequence[View], reference: Reference) -> Iterator[Fault]:
    del topic, reference
    yield from common_faults(question)
    if question.has("lines") == question.has("ranked"):
        yield Fault(question.path, "an ordering has either `lines` or `ranked`", "Write one of the two")
    known = names_of(question)
    texts = question.texts("lines")
    for entry in question.views("ranked"):
        texts += [(entry.at("text"), entry.text("text"))] if entry.text("text") else []
        yield from formula_faults(entry.at("value"), entry.get("value"), known)
    seen: dict[str, int] = {}
    for number, (path, text) in enumerate(texts, start=1):
        yield from text_faults(path, text, known)
        if text.strip() in seen:
            words = f"line {number} reads like line {seen[text.strip()]}: more than one order would be right"
            yield Fault(path, words, "Join it with a neighbour, or change its text")
        seen.setdefault(text.strip(), number)
    count = len([*question.parts("lines"), *question.parts("ranked")])
    for wrong in question.views("wrong"):
        yield from text_faults(wrong.at("feedback"), wrong.get("feedback"), known)
        yield from _order_faults(wrong, count, is_ranked=question.has("ranked"))


def _order_faults(wrong: View, count: int, *, is_ranked: bool) -> Iterator[Fault]:
    """Say why a wrong order is none: it names each line once, and is not the right one."""
    order = [number for _, number in wrong.parts("order")]
    right = list(range(1, count + 1))
    if sorted(order, key=str) != sorted(right, key=str):
        words = f"the order {order} does not name each of the {count} lines once"
        yield Fault(wrong.at("order"), words, f"Write the numbers from 1 to {count}, as the lines stand here")
    elif order == right and not is_ranked:
        yield Fault(wrong.at("order"), "this is the right order", "Write a wrong one")


def _build(question: View, topic: str) -> QuizQuestion:
    is_code, ranked = question.get("code") is True, question.views("ranked")
    texts = [text for _, text in question.texts("lines")] or [one.text("text") for one in ranked]
    content = Content(
        lines=tuple(text.strip("\n").rstrip() if is_code else text.strip() for text in texts),
        values=tuple(str(one.get("value")) for one in ranked),
        is_code=is_code,
        by_pairs=question.get("partial") == "pairs",
        wrong=tuple(
            (
                tuple(number - 1 for _, number in one.parts("order")),
                one.text("feedback").strip(),
                one.text("misconception"),
            )
            for one in question.views("wrong")
        ),
    )
    return build_question(question, topic, KIND.name, content)


def _pose(question: QuizQuestion, variant: Variant, points: Fraction) -> Posed:
    content: Content = question.content
    right = _ranked(question, content, variant) if content.values else list(range(len(content.lines)))
    shown, attempt = right, 0
    while list(shown) == right:  # what is right already is no question
        shown = variant.stream.branch("order", str(attempt)).shuffled(right)
        attempt += 1
    letters = {number: ascii_uppercase[at] for at, number in enumerate(shown)}
    options = tuple(Option(letters[number], variant.fill(content.lines[number])) for number in shown)
    rule = PAIRS_RULE if content.by_pairs else WHOLE_RULE
    key = ArrangeKey(
        order=tuple(letters[number] for number in right),
        by_pairs=content.by_pairs,
        wrong=tuple(
            (tuple(letters[number] for number in order), variant.fill(says), belief)
            for order, says, belief in content.wrong
            if list(order) != right  # what is wrong for one student may be right for another
        ),
    )
    return Posed(
        item_of(question, variant, points, Arrange(options, content.is_code), rule=rule),
        Key((key,), (Fraction(1),), variant.fill(question.solution), rule),
    )


def _ranked(question: QuizQuestion, content: Content, variant: Variant) -> list[int]:
    """Return the numbers of the lines by their values. Raises VariantError where two are too close to tell."""
    balls = [variant.ball(value) for value in content.values]
    order = sorted(range(len(balls)), key=lambda number: float(balls[number].mid()))
    for one, next_one in pairwise(order):
        if not balls[one] < balls[next_one]:
            words = f"{question.id}: `{content.values[one]}` and `{content.values[next_one]}` have no order here"
            raise VariantError(words, hint="Keep them apart with `require`.")
    return order


KIND = Kind("ordering", _shape, _faults, _build, _pose)
