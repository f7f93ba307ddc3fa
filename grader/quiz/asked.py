"""A question as a student met it, with what came back and what it earned, for pages. Knows no kind."""

from dataclasses import dataclass
from typing import Any

from grader.model.sheet import Choose, Posed
from grader.quiz.marked import Marked

__all__ = ["Asked", "without_text"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a student met it, what came back, and what it earned."""

    posed: Posed
    response: Any
    marked: Marked
    counts: bool = True  # False for answers to another's variant


def without_text(posed: Posed, message: str) -> str:
    """Leave out of a message what the chosen option says: where options are shown, its letter is enough."""
    for form in posed.item.forms:
        for option in form.options if isinstance(form, Choose) else ():
            message = message.replace(f" (“{option.text}”)", "")
    return message
