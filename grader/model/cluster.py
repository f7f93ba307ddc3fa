"""Who is wrong in the same way that no known mistake explains, and the smallest case on which it can be seen.

For instructors and authors only: a hidden case is shown with all that it holds.
"""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.model.key import KeyedCase
from grader.model.outcome import Outcome

__all__ = ["Cluster", "Exhibit", "ShownResult", "Unexplained"]


@dataclass(frozen=True, slots=True)
class ShownResult:
    """One result of a call in words: what came back and what is true."""

    name: str
    got: str
    wanted: str
    is_right: bool


@dataclass(frozen=True, slots=True, eq=False)
class Exhibit:
    """The smallest case on which a behaviour is wrong: its call, and what came back."""

    case: KeyedCase
    outcome: Outcome
    call: str  # Python that can be pasted and run
    cause: str  # what is wrong there, in a sentence
    results: tuple[ShownResult, ...]
    failed: tuple[str, ...]  # names of the checks that fail, on this or another case


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Students who are wrong in the same way; ``members`` are their numbers, in the order of the students."""

    question: str
    members: "array[int]"
    first: int  # the member that stands for all
    also: tuple[str, ...] = ()  # questions that build on this one, where the same students are wrong, too
    holds: tuple[str, ...] = ()  # what is true of the answer, in sentences
    exhibit: Exhibit | None = None  # of the one that stands for all
    has_numbers: bool = True  # some call returned numbers

    @property
    def count(self) -> int:
        """How many students."""
        return len(self.members)


@dataclass(frozen=True, slots=True, eq=False)
class Unexplained:
    """All clusters of a class, the largest first, and by question how many students are wrong in their own way."""

    clusters: tuple[Cluster, ...] = ()
    alone: Mapping[str, int] = field(default_factory=dict[str, int])
