"""Texts that people mark: which of a response wait, and what a person's decision makes of a mark.

A decision holds for the very text that was read, known by its digest. Another text waits again, and so does one
whose rubric has lost a point that was ticked; what was decided before is kept, and said.

Knows nothing of where texts and decisions are kept.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from grader.model.answers import Review
from grader.model.outcome import Status
from grader.model.sheet import Posed, RubricPoint, TextKey
from grader.quiz.marked import Marked, PartMark
from grader.quiz.marking import part_name, status_of
from grader.quiz.reading import plain_text

__all__ = ["RIGHT", "Passage", "decided", "passages", "text_digest"]

RIGHT = RubricPoint("right", "It is right.", Fraction(1))  # of what has no rubric: a formula that nothing decides


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that a person marks, and by what: the points of its rubric, whose shares are of ``share``."""

    part: str  # as in Review: "answer", "reason"
    text: str
    digest: str
    rubric: tuple[RubricPoint, ...]
    share: Fraction  # of the question's points
    model: str = ""  # an answer that earns everything


def text_digest(text: str) -> str:
    """Return the digest by which a review knows its text; spaces around it and kinds of line ends do not count."""
    return hashlib.sha256(plain_text(text).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def passages(posed: Posed, marked: Marked) -> tuple[Passage, ...]:
    """Return what a person is to read of a marked response, decided or not; ``marked`` is as ``mark`` gave it."""
    keys = {part_name(form): key for form, key in zip(posed.item.forms, posed.key.forms, strict=True)}
    return tuple(
        _passage(part, keys.get(part.name)) for part in marked.parts if part.status is Status.NEEDS_REVIEW
    )


def decided(posed: Posed, marked: Marked, reviews: Iterable[Review]) -> Marked:
    """Return a mark with what people decided about its texts."""
    by_part = {review.part: review for review in reviews if review.question == posed.item.id}
    found = {one.part: one for one in passages(posed, marked)}
    if not by_part or not found:
        return marked
    parts = [
        _decided(part, found[part.name], by_part[part.name])
        if part.name in found and part.name in by_part
        else part
        for part in marked.parts
    ]
    return Marked(status_of(parts), tuple(parts))


def _passage(part: PartMark, key: object) -> Passage:
    rubric, model = (key.rubric, key.model) if isinstance(key, TextKey) else ((RIGHT,), "")
    return Passage(part.name, part.text, text_digest(part.text), rubric, part.share, model)


def _decided(part: PartMark, passage: Passage, review: Review) -> PartMark:
    if review.digest != passage.digest:
        words = "This text is not the one that a person marked before: it waits to be marked again."
        return replace(part, message=words)
    if not {point.id for point in passage.rubric} >= set(review.points):
        words = "The rubric has changed since a person marked this text: it waits to be marked again."
        return replace(part, message=words)
    made = [point for point in passage.rubric if point.id in review.points]
    share = sum((point.share for point in made), Fraction(0))
    status = Status.PASSED if share == 1 else Status.PARTIAL if share else Status.FAILED
    return replace(
        part,
        earned=part.share * share,
        status=status,
        message=_words(passage, len(made), share),
        feedback=review.comment.strip(),
        made=tuple(point.id for point in made),
    )


def _words(passage: Passage, made: int, share: Fraction) -> str:
    if passage.rubric == (RIGHT,):
        return f"A person looked at your answer: it is {'right' if made else 'not right'}."
    count = len(passage.rubric)
    points = "all of the points" if made == count else f"{made} of the {count} points"
    worth = "" if share in (0, 1) else f", worth {float(100 * share):.4g} % of its marks"
    return f"A person marked your text: it makes {points} that it was to make{worth}."
