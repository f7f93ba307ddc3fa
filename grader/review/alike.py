"""Put texts that are near each other side by side, so that a person marks them alike. Nothing is marked by this.

Two texts are near when at least 85 % of their letters agree once capitals are small and words are sorted: the
longest sequence of letters that both have in this order, twice, over the letters of both (rapidfuzz's ratio).
"tanh is bounded" and "tanh is not bounded" are near. What a text has beyond the first of its group is marked, so
that a reader sees the "not".
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

from grader.quiz.reading import normal

__all__ = ["LEAST", "Group", "Piece", "differences", "group_texts", "likeness"]

LEAST = 85  # percent of the letters
COMPARED = 600  # letters of each text
MOST = 3_000  # texts that differ: beyond, only equal ones are put together
SELF = 101.0  # the first of a group is nearer to itself than any other
MOST_WORDS = 4_000  # of a text whose differences are shown

_SPACES = re.compile(r"(\s+)")


@dataclass(frozen=True, slots=True)
class Group:
    """Texts that are near the first of them, by their places; the nearest come first."""

    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; ``is_other`` where the first of the group does not have it."""

    words: str
    is_other: bool


def likeness(one: str, other: str) -> float:
    """Return how near two texts are, in percent."""
    return fuzz.ratio(_sorted(one), _sorted(other))


def group_texts(texts: Sequence[str]) -> tuple[Group, ...]:
    """Group texts: each is in one group, equal ones in the same. The order in which they come does not matter.

    What most people wrote comes first; large groups come before small ones.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        places[_sorted(text)].append(place)
    near: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)  # by the first of a group
    for form in sorted(places, key=lambda form: (-len(places[form]), form)):
        found = None
        if len(places) <= MOST:
            found = process.extractOne(form, list(near), scorer=fuzz.ratio, score_cutoff=LEAST)
        near[found[0] if found else form].append((-found[1] if found else -SELF, form))
    groups = [
        tuple(
            place for _, form in sorted(forms) for place in sorted(places[form], key=lambda one: (texts[one], one))
        )
        for forms in near.values()
    ]
    return tuple(Group(group) for group in sorted(groups, key=len, reverse=True))


def differences(first: str, text: str) -> tuple[Piece, ...]:
    """Cut a text into pieces that ``first`` has in the same order, and others. Capitals do not count."""
    words = [word for word in _SPACES.split(text) if word]
    theirs = [word for word in _SPACES.split(first) if word]
    if max(len(words), len(theirs)) > MOST_WORDS:
        return (Piece(text, is_other=False),)
    pieces: list[Piece] = []
    for step in LCSseq.opcodes([_plain(word) for word in theirs], [_plain(word) for word in words]):
        piece = "".join(words[step.dest_start : step.dest_end])
        if piece:
            pieces.append(Piece(piece, is_other=step.tag != "equal" and not piece.isspace()))
    return tuple(pieces)


def _sorted(text: str) -> str:
    return " ".join(sorted(normal(text[: 2 * COMPARED]).split()))[:COMPARED]


def _plain(word: str) -> str:
    return " " if word.isspace() else word.casefold()
