"""Which known mistakes nothing tells from each other, and whether their authors say so.

Two mistakes are alike in a question where diagnosis cannot tell them apart on its cases. They are alike in the
topic where they are in some question, and no question tells them apart: then both are told to a student, and
``same_as`` must say that this is meant.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from grader.diagnose.digits import Digits
from grader.diagnose.known import EQUAL, Known
from grader.model.mistake import Mistake

__all__ = ["Alike", "alike_in", "false_declarations", "undeclared"]


@dataclass(frozen=True, slots=True)
class Alike:
    """The classes of one question, and all that change it."""

    question: str
    changing: frozenset[str]
    classes: tuple[tuple[str, ...], ...]  # of two or more, each in the order of the topic

    def tells(self, one: str, other: str) -> bool | None:
        """Whether the question tells two mistakes apart; None where one of them changes nothing here."""
        if one not in self.changing or other not in self.changing:
            return None
        return not any(one in members and other in members for members in self.classes)


def alike_in(known: Known, digits: Digits | None) -> Alike:
    """Return what diagnosis cannot tell apart in one question, by its own tables."""
    places = {one.id: place for place, one in enumerate(known.every)}
    groups: list[set[str]] = []
    for table in known.tables:
        for row in range(len(table.rows)):
            near = table.near(table.numbers[row], EQUAL)
            groups.append({known.every[int(table.rows[place])].id for place, _ in near})
    changing = {one.id for one in known.mistakes}
    if digits is not None:
        worn = digits.groups(frozenset(changing))
        groups += [set(group) for group in worn]
        changing |= {name for group in worn for name in group}
    classes = [members for members in _united(groups) if len(members) > 1]
    ordered = sorted(tuple(sorted(members, key=places.__getitem__)) for members in classes)
    return Alike(known.question.id, frozenset(changing), tuple(ordered))


def _united(groups: Iterable[set[str]]) -> list[set[str]]:
    """Join groups that share a member."""
    found: list[set[str]] = []
    for group in groups:
        touching = [one for one in found if one & group]
        found = [one for one in found if not one & group]
        found.append(group.union(*touching))
    return found


def declared(mistakes: Sequence[Mistake]) -> list[set[str]]:
    """Return the groups that ``same_as`` joins, directly or through others."""
    return _united({one.id, *one.same_as} for one in mistakes)


def undeclared(found: Sequence[Alike], mistakes: Sequence[Mistake]) -> list[tuple[str, str, str]]:
    """Return pairs that no question tells apart and nobody declares, each with a question that shows it."""
    said = declared(mistakes)
    pairs: dict[tuple[str, str], str] = {}
    for one in found:
        for members in one.classes:
            for group in _apart(members, said):
                pairs.setdefault(group, one.question)
    return [(*pair, question) for pair, question in pairs.items() if not any(one.tells(*pair) for one in found)]


def _apart(members: Sequence[str], said: Sequence[set[str]]) -> list[tuple[str, str]]:
    """Return one pair for each two of a class that no declaration joins."""
    firsts: list[str] = []
    for name in members:
        group = next(group for group in said if name in group)
        if not any(other in group for other in firsts):
            firsts.append(name)
    return list(combinations(firsts, 2))


def false_declarations(found: Sequence[Alike], mistakes: Mapping[str, Mistake]) -> list[tuple[Mistake, str, str]]:
    """Return what is declared the same and is told apart wherever both matter, with the question that does."""
    false: list[tuple[Mistake, str, str]] = []
    for one in mistakes.values():
        for other in one.same_as:
            told = {alike.question: alike.tells(one.id, other) for alike in found}
            apart = [question for question, tells in told.items() if tells]
            if apart and False not in told.values():
                false.append((one, other, apart[0]))
    return false
