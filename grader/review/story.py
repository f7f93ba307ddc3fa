"""All of a review, in order.

    OUT/gradebook.sqlite ──► texts in piles ──► sitting: server, decisions kept one by one ──► reviews.yaml
                                                                    │ gradebook closed
                                                                    ▼
                                             rescore: pages, results.json, grades.csv, index.html

The gradebook is held from the first to the last decision, so that no `grader grade` writes meanwhile. Pages are
made when the sitting ends, however it ends: by the button, by Ctrl-C, by SIGTERM. Where it was killed, a word in
the gradebook says that pages are behind, and the next sitting makes them.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from grader.errors import InputError, OutputError
from grader.rescore import rescore
from grader.review.desk import Desk
from grader.review.guard import Guard
from grader.review.keeping import FILE, read_reviews
from grader.review.opened import BEHIND, Opened, Settings, open_class
from grader.review.pages import Pages, progress
from grader.review.serve import listen
from grader.review.site import Site
from grader.review.texts import Pile, Slot, is_decided
from grader.store import open_results

__all__ = ["Count", "Settings", "Sitting", "TakenIn", "count", "sit", "take_in"]


@dataclass(frozen=True, slots=True)
class Count:
    """How far a question is."""

    question: str
    part: str
    waiting: int
    done: int


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a file of reviews."""

    taken: int = 0
    known: int = 0  # said the same already
    differing: tuple[Slot, ...] = ()  # marked in another way here; they stay
    strange: tuple[Slot, ...] = ()  # no such text here: another student, question, part, or other words
    problems: tuple[str, ...] = ()  # students whose pages could not be written


@dataclass(slots=True)
class Sitting:
    """What a sitting was: how many texts there are, how many wait, how many students' pages were written."""

    texts: int = 0
    waiting: int = 0
    written: int = 0
    exported: Path | None = None
    problems: tuple[str, ...] = ()  # students whose pages could not be written


def count(settings: Settings) -> tuple[Count, ...]:
    """Count what waits and what is marked, for each question."""
    with open_class(settings) as one:
        return tuple(_count(pile, one.desk) for pile in one.piles)


def _count(pile: Pile, desk: Desk) -> Count:
    done, total = progress(pile, desk)
    return Count(*pile.key, total - done, done)


def take_in(settings: Settings, file: Path, *, overwrite: bool = False) -> TakenIn:
    """Take decisions over from a file, for the very texts they were made on; then write pages."""
    kept = read_reviews(file)
    with open_class(settings) as one:
        if kept.assessment != one.assessment.id:
            words = f"{str(file)!r} is of the assessment {kept.assessment[:80]!r}, and {str(settings.out)!r} of "
            raise InputError(words + repr(one.assessment.id), hint="Name the file of the same assessment.")
        texts = {text.slot: text for pile in one.piles for text in pile.texts}
        fitting = {
            slot: review
            for slot, review in kept.reviews.items()
            if slot in texts and is_decided(texts[slot], review)
        }
        strange = tuple(slot for slot in kept.reviews if slot not in fitting)
        new = {slot: review for slot, review in fitting.items() if one.desk.review(slot) != review}
        differing = () if overwrite else tuple(slot for slot in new if one.desk.review(slot) is not None)
        taken = {slot: review for slot, review in new.items() if slot not in set(differing)}
        for pile in one.piles:
            own = {slot: review for slot, review in taken.items() if slot.pile == pile.key}
            one.desk.write(own, dict.fromkeys(own, 0))
        one.export(settings.out / FILE)
    problems = _write_pages(settings, one.behind)
    return TakenIn(len(taken), len(fitting) - len(new), differing, strange, problems)


def sit(
    settings: Settings, port: int, on_ready: Callable[[str], None], on_end: Callable[[Sitting], None]
) -> Sitting | None:
    """Serve the review until it ends; return None where there is nothing to review.

    ``on_ready`` is told the address, ``on_end`` that pages are going to be written.
    """
    result = Sitting()
    file = settings.out / FILE
    with open_class(settings) as one:
        if one.piles:
            _serve(one, file, port, on_ready)
        if one.desk.changes:
            one.export(file)
            result.exported = file
        result.texts = sum(len(pile.texts) for pile in one.piles)
        result.waiting = sum(_count(pile, one.desk).waiting for pile in one.piles)
        result.written = len(one.behind)
    if one.piles:
        on_end(result)
    result.problems = _write_pages(settings, one.behind)
    return result if one.piles or result.problems else None


def _serve(one: Opened, file: Path, port: int, on_ready: Callable[[str], None]) -> None:
    """Serve the texts of a class until a person ends it."""
    written = 0

    def save() -> str:
        nonlocal written
        number = one.export(file)
        written = one.desk.changes
        return f"{number} decision{'' if number == 1 else 's'} written to {file}."

    def save_if_changed() -> None:
        if written != one.desk.changes:
            with suppress(OutputError):  # the disk is full: the gradebook has it all, and the end tries again
                save()

    with listen(port) as counter:
        guard = Guard(counter.port)
        folder = one.assessment.folder
        pages = Pages(one.assessment.title, one.piles, one.desk, guard.root, guard.form_token, folder)
        site = Site(guard, pages, save, counter.stop)
        pages.question(1, show="all", find="")  # what is wrong with a template is told here
        on_ready(guard.address)
        counter.serve(site.answer, save_if_changed)


def _write_pages(settings: Settings, students: AbstractSet[str]) -> tuple[str, ...]:
    """Judge some students again and write what people read; return what could not be. Then nothing is behind."""
    if not students:
        return ()
    problems = tuple(rescore(settings.out, students, cache=settings.cache).problems)
    if not problems:
        with open_results(settings.out) as book:
            book.note(BEHIND, "[]")
    return problems
