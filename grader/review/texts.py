"""What people mark: each student's texts, with the question as that student had it, in piles.

A pile is one part of one question over the whole class; in it, texts that are near each other lie side by side.
Knows neither the gradebook nor a browser.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from grader.model.answers import Review
from grader.model.sheet import Posed
from grader.quiz.marked import Marked
from grader.quiz.reviewed import Passage, passages
from grader.review.alike import group_texts

__all__ = ["Pile", "Slot", "Text", "is_decided", "pile_up", "texts_of"]


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """The place of a text: whose, of which question, which part of it."""

    student: str
    question: str
    part: str

    @property
    def pile(self) -> tuple[str, str]:
        """The question and the part: what all students' texts of one kind have in common."""
        return self.question, self.part


@dataclass(frozen=True, slots=True)
class Text:
    """A text, what it is marked by, and the question as its student had it."""

    slot: Slot
    passage: Passage
    posed: Posed
    beside: tuple[str, ...]  # what the rest of the response says, in words
    asked: str  # a digest of the question, the rubric and the model answer as this student's are

    @property
    def likeness(self) -> tuple[str, str, tuple[str, ...]]:
        """What identical texts have in common: the words, what was asked, and the rest of the response."""
        return self.passage.digest, self.asked, self.beside

    @property
    def worth(self) -> Fraction:
        """The points to be had for it."""
        return self.posed.item.points * self.passage.share

    def earned(self, points: Iterable[str]) -> Fraction:
        """Return the points for what is ticked."""
        ticked = set(points)
        shares = (point.share for point in self.passage.rubric if point.id in ticked)
        return self.worth * sum(shares, Fraction(0))


@dataclass(frozen=True, slots=True)
class Pile:
    """The texts of a class on one part of one question. ``groups`` are counts of neighbours that are near."""

    question: str
    part: str
    texts: tuple[Text, ...]
    groups: tuple[int, ...]

    @property
    def key(self) -> tuple[str, str]:
        """The question and the part."""
        return self.question, self.part

    @property
    def title(self) -> str:
        """What the question is called, for people."""
        title = self.texts[0].posed.item.title
        return title if self.part == "answer" else f"{title}: {self.part}"


def texts_of(student: str, posed: Posed, marked: Marked) -> Iterator[Text]:
    """Yield the texts of a response that people mark; ``marked`` is as ``mark`` gave it."""
    found = passages(posed, marked)
    waiting = {one.part for one in found}
    beside = tuple(part.message for part in marked.parts if part.name not in waiting)
    for passage in found:
        asked = repr((posed.item, passage.rubric, passage.model)).encode("utf-8", "surrogatepass")
        slot = Slot(student, posed.item.id, passage.part)
        yield Text(slot, passage, posed, beside, hashlib.sha256(asked).hexdigest()[:16])


def pile_up(texts: Iterable[Text], order: tuple[str, ...]) -> tuple[Pile, ...]:
    """Sort texts into piles, in the order of the questions; neither students' names nor their order say where."""
    piles: defaultdict[tuple[str, str], list[Text]] = defaultdict(list)
    for text in texts:
        piles[text.slot.pile].append(text)
    places = {question: place for place, question in enumerate(order)}
    keys = sorted(piles, key=lambda key: (places.get(key[0], len(places)), key))
    return tuple(_pile(key, piles[key]) for key in keys)


def _pile(key: tuple[str, str], texts: list[Text]) -> Pile:
    # By a digest of the name: who comes first in the alphabet is not marked first.
    texts.sort(key=lambda text: hashlib.sha256(repr(text.slot).encode("utf-8", "surrogatepass")).digest())
    groups = group_texts([text.passage.text for text in texts])
    ordered = tuple(texts[place] for group in groups for place in group.members)
    return Pile(*key, ordered, tuple(len(group.members) for group in groups))


def is_decided(text: Text, review: Review) -> bool:
    """Whether a decision holds for a text: it is of these words, and of points that the rubric has."""
    known = {point.id for point in text.passage.rubric}
    return review.digest == text.passage.digest and known.issuperset(review.points)
