"""What is decided about the texts: kept at once, version by version, and taken back step by step.

    texts ──► write(expected versions, reviews) ──► gradebook
                 │        └─ one of them has another version: Outdated, nothing is written
                 └─► change on the pile's stack ──► undo: what was there before is written again

A text's version is the number of the last change that touched it. Two tabs of a browser hold versions; whoever
writes to an old one is told. Undo takes back the latest change of a question, whoever made it.
Knows no files, no browser and no points: reviews come and go as they are.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from grader.model.answers import Review
from grader.review.texts import Slot

__all__ = ["Change", "Desk", "OutdatedError"]

Reviews = Mapping[Slot, Review | None]
"""What is decided of some texts; None where a text waits."""


class OutdatedError(Exception):
    """A text has been changed since it was shown to who now writes to it."""

    def __init__(self, slots: tuple[Slot, ...]) -> None:
        super().__init__()
        self.slots = slots


@dataclass(frozen=True, slots=True)
class Change:
    """One step: what was there, and what is there since."""

    number: int
    before: Reviews
    after: Reviews


class Desk:
    """The decisions of one sitting, over those that the gradebook has."""

    def __init__(self, reviews: Mapping[Slot, Review], keep: Callable[[Reviews], None]) -> None:
        self._reviews = dict(reviews)
        self._keep = keep
        self._versions: dict[Slot, int] = {}
        self._stacks: defaultdict[tuple[str, str], list[Change]] = defaultdict(list)
        self._last = 0

    def review(self, slot: Slot) -> Review | None:
        """Return what is decided of a text."""
        return self._reviews.get(slot)

    def version(self, slot: Slot) -> int:
        """Return the version of a text."""
        return self._versions.get(slot, 0)

    def write(self, reviews: Reviews, versions: Mapping[Slot, int]) -> Change | None:
        """Keep decisions on texts of one question, all or none of them; return None where nothing changes.

        Raises OutdatedError where one of the texts has another version than ``versions`` says.
        """
        outdated = tuple(slot for slot in reviews if versions[slot] != self.version(slot))
        if outdated:
            raise OutdatedError(outdated)
        after = {slot: review for slot, review in reviews.items() if review != self.review(slot)}
        if not after:
            return None
        change = self._put(after)
        self._stacks[_pile_of(change)].append(change)
        return change

    def undo(self, question: str, part: str) -> Change | None:
        """Take back the latest change of a question that has not been taken back; None where there is none."""
        stack = self._stacks[question, part]
        if not stack:
            return None
        change = self._put(stack[-1].before)
        stack.pop()  # not before it is kept
        return change

    @property
    def changes(self) -> int:
        """How many changes there were, those that took others back among them."""
        return self._last

    def steps(self, question: str, part: str) -> int:
        """Return how many changes of a question can be taken back."""
        return len(self._stacks[question, part])

    def comments(self, question: str, part: str) -> tuple[str, ...]:
        """Return the comments written for a question, the most used first."""
        written = (review.comment for slot, review in self._reviews.items() if slot.pile == (question, part))
        counts = Counter(comment for comment in written if comment)
        return tuple(sorted(counts, key=lambda comment: (-counts[comment], comment)))

    def _put(self, after: Reviews) -> Change:
        self._keep(after)  # raises where the disk is full: then nothing has changed here either
        self._last += 1
        change = Change(self._last, {slot: self.review(slot) for slot in after}, after)
        for slot, review in after.items():
            self._versions[slot] = self._last
            if review is None:
                self._reviews.pop(slot, None)
            else:
                self._reviews[slot] = review
        return change


def _pile_of(change: Change) -> tuple[str, str]:
    return next(iter(change.after)).pile
