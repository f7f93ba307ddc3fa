"""What a kind of question is: a word, the shape of what follows it, what can be wrong, and what it becomes.

Imports no pydantic: a bank whose shape is known to be right is loaded without it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grader.kinds.variant import Variant
from grader.kinds.view import Path, View
from grader.model.question import CodeQuestion
from grader.model.quiz import QuizQuestion
from grader.model.sheet import Posed

__all__ = ["Fault", "Kind", "Reference"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in an entry: the way to it, what, and what to do.

    ``at_key`` asks to point at the key rather than at its value. ``line`` is for faults in ``reference.py``.
    """

    path: Path
    message: str
    hint: str = ""
    at_key: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Reference:
    """The public functions of a topic's ``reference.py`` and the lines they stand on; empty when it failed."""

    functions: Mapping[str, Any]
    lines: Mapping[str, int]
    is_loaded: bool = True


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question: the word after ``kind:``, and what is done with what follows.

    ``shape`` returns the pydantic model, importing it only then.
    ``faults`` says what is wrong beyond the shape. It gets the question and all questions of the topic as they
    were written, whatever their shape, so that one typing error does not hide the next mistake.
    ``build`` makes the question of what nothing is wrong with; its second argument is the topic's name.
    ``pose`` makes one student's item and key of a question of a quiz; a function to write has none.
    """

    name: str
    shape: Callable[[], Any]
    faults: Callable[[View, Sequence[View], Reference], Iterator[Fault]]
    build: Callable[[View, str], CodeQuestion | QuizQuestion]
    pose: Callable[[QuizQuestion, Variant, Fraction], Posed] | None = None
