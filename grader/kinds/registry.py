"""The kinds of questions, by name: what an author may write after ``kind:``."""

from functools import cache
from importlib import import_module

from grader.kinds.kind import Kind

__all__ = ["NAMES", "kind_of", "kinds"]

NAMES = (
    "code",
    "single_choice",
    "several_choices",
    "true_false",
    "numeric",
    "formula",
    "blanks",
    "ordering",
    "matching",
    "prediction",
    "plot",
    "short_answer",
)


@cache
def kinds() -> tuple[Kind, ...]:
    """Return every kind."""
    return tuple(import_module(f"grader.kinds.{name}").KIND for name in NAMES)


def kind_of(name: str) -> Kind:
    """Return the kind of that name."""
    return next(kind for kind in kinds() if kind.name == name)
