"""What an author writes for a question that is answered in words, letters and numbers, checked.

What differs from student to student (the numbers drawn, the order of choices) is a variant; see ``grader.kinds``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Any

__all__ = ["Figure", "Parameter", "QuizQuestion", "Range", "Series"]

Number = Fraction | str  # a drawn value: an exact number, or a word


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers on a grid, both ends included."""

    low: Fraction
    high: Fraction
    step: Fraction


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something drawn for each student: a number from a range, or one of some rows of values, by name."""

    names: tuple[str, ...]
    range: Range | None = None
    rows: tuple[tuple[Number, ...], ...] = ()  # each as long as ``names``


@dataclass(frozen=True, slots=True)
class Series:
    """One curve of a figure: a formula in ``x``, or points; ``label`` may be empty."""

    label: str
    formula: str = ""
    points: tuple[tuple[str, str], ...] = ()  # formulas, too


@dataclass(frozen=True, slots=True)
class Figure:
    """A plot that is drawn from the parameters, and what it shows for those who do not see it."""

    says: str
    x_label: str
    y_label: str
    x_from: str
    x_to: str
    series: tuple[Series, ...]
    y_from: str = ""
    y_to: str = ""


@dataclass(frozen=True, slots=True)
class QuizQuestion:
    """A question of a quiz. ``content`` is what only its kind knows.

    In every text ``[[name]]`` stands for a drawn or derived value, ``[[name:.3f]]`` for one that is rounded.
    """

    id: str  # "tanh/range"
    kind: str
    title: str
    prompt: str  # Markdown with $...$
    solution: str  # Markdown: why the right answer is right
    objective: str = ""
    bloom: str = ""
    parameters: tuple[Parameter, ...] = ()
    derived: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # formulas, in order
    require: tuple[str, ...] = ()  # comparisons that a draw must satisfy
    figure: Figure | None = None
    content: Any = None
    signature: str = ""  # a code question's call; here nothing
