"""What the kinds share that ask for a number: how it is written, its faults, its form, key and rule."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from grader.kinds.kind import Fault
from grader.kinds.quizbuild import share_of
from grader.kinds.quizfaults import formula_faults, text_faults
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
from grader.model.sheet import Enter, NumberKey

__all__ = [
    "Asked",
    "Wrong",
    "build_asked",
    "number_faults",
    "number_fields",
    "number_form",
    "number_key",
    "number_rule",
    "open_rule",
]

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
class Asked:
    """The right number, what else earns something, and what is telling."""

    answer: str
    tolerance: Tolerance
    partial: tuple[Partial, ...]
    wrong: tuple[Wrong, ...]
    units: str
    hint: str


@cache
def number_fields() -> Any:
    """Return the pydantic model of an entry that may ask for a number, importing pydantic only now."""
    from pydantic import ConfigDict, Field

    from grader.kinds.fields import Share, Strict
    from grader.kinds.quizfields import AsFormula, WrongEntry

    allowed: Any = shapes()

    class PartialEntry(Strict):
        """Numbers that are nearly right."""

        model_config = ConfigDict(title="partial answer")

        tolerance: allowed | None = Field(None, description="The larger error that is allowed.")  # pyright: ignore[reportInvalidTypeForm] (made at run time)
        ranges: list[list[AsFormula]] | None = Field(None, min_length=1, description="[[lowest, highest], ...]")
        share: Share = Field(description="Percent of the points, less than 100.")
        feedback: str = Field("", max_length=2000, description="What is said to who gives such a number.")

    class NumberFields(Strict):
        """What is written where a number is asked for."""

        answer: AsFormula | None = Field(None, description="The right number: a formula in what is drawn.")
        tolerance: allowed | None = Field(None, description="The error that is allowed.")  # pyright: ignore[reportInvalidTypeForm] (made at run time)
        ranges: list[list[AsFormula]] | None = Field(
            None, min_length=1, description="Instead of a tolerance: [[lowest, highest], ...]"
        )
        partial: list[PartialEntry] = Field(default_factory=list, description="What is nearly right, best first.")
        wrong: list[WrongEntry] = Field(default_factory=list, description="Wrong values that tell something.")
        units: str = Field("", max_length=40, description="What the number counts; may be written after it.")
        hint: str = Field("", max_length=200, description="Shown beside the field, besides digits and units.")

    return NumberFields


def number_faults(entry: View, known: Collection[str]) -> Iterator[Fault]:
    """Say what is wrong with an entry that asks for a number."""
    yield from formula_faults(entry.at("answer"), entry.get("answer"), known)
    yield from tolerance_faults(entry, known)
    for one in entry.views("partial"):
        yield from tolerance_faults(one, known)
        yield from text_faults(one.at("feedback"), one.get("feedback"), known)
        share = one.get("share")
        if isinstance(share, int | float) and share >= 100:
            words = f"`share` is {share}: what earns everything is right, not partly right"
            yield Fault(one.at("share"), words, "Write less than 100 percent")
    for one in entry.views("wrong"):
        yield from formula_faults(one.at("answer"), one.get("answer"), known)
        yield from text_faults(one.at("feedback"), one.get("feedback"), known)


def build_asked(entry: View) -> Asked:
    """Make what is asked for of what nothing is wrong with."""
    return Asked(
        answer=str(entry.get("answer")),
        tolerance=build_tolerance(entry),
        partial=tuple(
            Partial(build_tolerance(one), share_of(one.get("share")), one.text("feedback").strip())
            for one in entry.views("partial")
        ),
        wrong=tuple(
            Wrong(str(one.get("answer")), one.text("feedback").strip(), one.text("misconception"))
            for one in entry.views("wrong")
        ),
        units=entry.text("units").strip(),
        hint=entry.text("hint").strip(),
    )


def number_key(asked: Asked, variant: Variant) -> NumberKey:
    """Make the key of a variant."""
    tolerance = asked.tolerance
    bands = bands_of(tolerance, asked.answer, variant, Fraction(1))
    for one in asked.partial:
        bands += bands_of(one.tolerance, asked.answer, variant, one.share, variant.fill(one.feedback))
    around = OF_WRONG if tolerance.kind == "ranges" else tolerance
    for one in asked.wrong:
        feedback = variant.fill(one.feedback)
        bands += band_around(around, one.answer, variant, Fraction(0), feedback, one.misconception)
    return NumberKey(
        value=variant.value(asked.answer),
        shown=shown(asked.answer, tolerance, variant),
        bands=bands,
        digits=tolerance.digits,
        units=asked.units,
    )


def number_form(asked: Asked) -> Enter:
    """Make the form: a number, and what its writer is to know."""
    digits = asked.tolerance.digits
    precise = f"{digits} significant digit{'s' * (digits > 1)}" if digits else ""
    units = f"in {asked.units}" if asked.units else ""
    return Enter("number", hint=", ".join(part for part in (asked.hint, precise, units) if part))


def number_rule(asked: Asked, variant: Variant) -> str:
    """Say in a sentence which numbers earn what."""
    return _rule(asked, [tolerance.says(variant) for tolerance in _tolerances(asked)])


def open_rule(asked: Asked, variant: Variant) -> str:
    """Say the same to students: the same for all of them, and nothing of the number itself."""
    right, *nearly = _tolerances(asked)
    told = [one.says_openly(variant, "that is nearly right") for one in nearly]
    return _rule(asked, [right.says_openly(variant, "that is near enough"), *told])


def _tolerances(asked: Asked) -> list[Tolerance]:
    return [asked.tolerance, *(one.tolerance for one in asked.partial)]


def _rule(asked: Asked, says: list[str]) -> str:
    nearly = [f"{one} {float(p.share * 100):.4g} %" for one, p in zip(says[1:], asked.partial, strict=True)]
    return "; ".join([f"A number {says[0]} earns all points", *nearly]) + (
        "; any other none." if nearly else ", any other none."
    )
