"""A known mistake: one step of a topic's reference, replaced by what people write instead.

    @mistake(
        replaces="cell_update",
        says="The cell state is updated with the input and forget gates exchanged.",
        think="If the forget gate is 1 and the input gate is 0, which state should come out?",
        look="Look at the line that computes c: which gate multiplies the old state?",
        fix="It must be c = f * c_prev + i * g.",
    )
    def input_and_forget_exchanged(i, f, g, c_prev):
        return i * c_prev + f * g

The id is the function's name with hyphens. The function sees the names of the reference (its other steps, NumPy)
as the step that it replaces does, so that two mistakes combine when they replace different steps.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from grader.errors import Place

__all__ = ["Mistake", "mistake"]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One named change to a reference, and what a tutor says of it, from a question to the answer."""

    id: str
    replaces: str  # the name of a step of the reference
    by: Callable[..., Any] = field(repr=False)
    says: str  # what the code does, in one sentence
    think: str  # a question that makes one think
    look: str  # a pointer to the place
    fix: str  # the correction, in so many words
    same_as: tuple[str, ...] = ()  # ids of mistakes that behave the same everywhere, and rightly so
    kind: str = "maths"  # "numerics" where the formula is right and the digits are not
    harmless_in: tuple[str, ...] = ()  # functions that use the step, and come out right enough all the same
    place: Place | None = field(default=None, compare=False)  # where it is written


def mistake(
    *,
    replaces: str,
    says: str,
    think: str,
    look: str,
    fix: str,
    same_as: tuple[str, ...] = (),
    kind: str = "maths",
    harmless_in: tuple[str, ...] = (),
) -> Callable[[Callable[..., Any]], Mistake]:
    """Make a known mistake of the function that follows."""

    def make(by: Callable[..., Any]) -> Mistake:
        name = by.__name__.replace("_", "-")
        return Mistake(name, replaces, by, says, think, look, fix, same_as, kind, harmless_in)

    return make
