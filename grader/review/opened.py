"""Open a graded class for a review: its gradebook, its assessment as it was, its texts, what is decided.

Whatever makes that impossible is told in one sentence, and nothing is changed then.
"""

import json
from collections.abc import Generator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from grader.assessment.key import answer_key
from grader.bank.load import find_assessment, load_assessment
from grader.errors import InputError
from grader.files import write_beside
from grader.judged import judged_digest, outdated
from grader.model.answers import HandedIn, Review
from grader.model.question import Assessment
from grader.quiz.grades import grade_quiz
from grader.quiz.variants import Variants
from grader.report.safe import one_line
from grader.review.desk import Desk
from grader.review.keeping import reviews_text
from grader.review.texts import Pile, Slot, is_decided, pile_up, texts_of
from grader.store import ASSESSMENT_FILE, Gradebook, open_results

__all__ = ["BEHIND", "Opened", "Settings", "open_class"]

BEHIND = "pages are behind"  # the students whose pages are, as the gradebook notes them while a sitting lasts


@dataclass(frozen=True, slots=True)
class Settings:
    """Which class is reviewed."""

    out: Path
    assessment: str | None  # where it lies now; None: where it lay when the class was graded
    cache: Path | None


@dataclass(slots=True)
class Opened:
    """A class on the table: its gradebook, and its texts."""

    book: Gradebook
    assessment: Assessment
    piles: tuple[Pile, ...]
    desk: Desk
    stored: dict[Slot, Review]  # those that hold for no text any more, too
    behind: set[str]  # students whose pages do not show what is decided

    had: str  # what reviews.yaml would have been before this sitting

    @property
    def text(self) -> str:
        """All decisions, as reviews.yaml has them."""
        return reviews_text(self.assessment.id, ((slot.student, one) for slot, one in self.stored.items()))

    def export(self, path: Path) -> int:
        """Write all decisions to a file, and return how many there are. Another file's text is kept beside it."""
        with suppress(OSError, UnicodeDecodeError):
            if path.is_file() and self.had and path.read_text("utf-8") != self.had:
                path.replace(path.with_name(f"{path.name}~"))
        self.had = ""
        write_beside(path, [self.text])
        return len(self.stored)


@contextmanager
def open_class(settings: Settings) -> Generator[Opened]:
    """Open a graded class. Raises InputError where there is none, or where its questions have changed."""
    with open_results(settings.out) as book:
        assessment = _assessment(settings, book)
        students = book.present()
        stored = {
            Slot(student, review.question, review.part): review
            for student in students
            for review in book.reviews(student)
        }
        behind = set(json.loads(book.about().get(BEHIND) or "[]")) & set(students)
        _refuse_changed(book, assessment, settings, set(students) - behind)
        if settings.assessment is not None:
            book.note(ASSESSMENT_FILE, str(Path(assessment.file).resolve()))
        variants = Variants(assessment, any_variant=book.any_variant)
        piles = _piles(book, students, assessment, variants, {slot.question for slot in stored})
        yield _class(book, assessment, piles, stored, behind)


def _assessment(settings: Settings, book: Gradebook) -> Assessment:
    """Load the assessment that the class was graded by. Raises InputError where it is not there, or is another."""
    out, file, graded_by = repr(str(settings.out)), book.assessment_file(), book.about()["assessment"]
    path = find_assessment(settings.assessment) if settings.assessment else file
    if not path.is_file():
        words = f"the assessment by which {out} was graded is not there any more: {one_line(str(path))!r}"
        raise InputError(words, hint="Say where it is now: --assessment FILE.")
    assessment = load_assessment(path, settings.cache)
    if assessment.id != graded_by:
        words = f"{out} was graded by the assessment {graded_by!r}, and {str(path)!r} is another one"
        raise InputError(words, hint="Name that one with --assessment.")
    return assessment


def _refuse_changed(
    book: Gradebook, assessment: Assessment, settings: Settings, students: AbstractSet[str]
) -> None:
    """Raise InputError where the questions may not be those any more that students answered."""
    key = answer_key(assessment, settings.cache)
    changed = outdated(book, students, judged_digest(assessment, key, any_variant=book.any_variant))
    if changed:
        words = (
            f"{len(changed)} of {len(students)} grades in {str(settings.out)!r} are of another state of "
            f"{assessment.id!r} (its questions, its points, its templates or this program have changed)"
        )
        hint = (
            "Run the same `grader grade` again first (no mark is lost), or name the right file with --assessment."
        )
        raise InputError(words, hint=hint)


def _piles(
    book: Gradebook,
    students: Sequence[str],
    assessment: Assessment,
    variants: Variants,
    reviewed: AbstractSet[str],
) -> tuple[Pile, ...]:
    """Find the texts of the class: of the questions of which some wait, or have been decided."""
    waiting = {
        question["id"]
        for _, _, grade in book.grades(students)
        for question in grade["questions"]
        if question["status"] == "needs_review"
    }
    chosen = tuple(item for item in assessment.quiz if item.question.id in waiting | reviewed)
    narrow = replace(assessment, quiz=chosen)
    texts = (
        text
        for student in students
        for asked in grade_quiz(narrow, variants, student, book.handed_in(student) or HandedIn()).asked.values()
        if asked.counts
        for text in texts_of(student, asked.posed, asked.marked)
    )
    return pile_up(texts, assessment.order)


def _class(
    book: Gradebook, assessment: Assessment, piles: tuple[Pile, ...], stored: dict[Slot, Review], behind: set[str]
) -> Opened:
    def keep(decisions: Mapping[Slot, Review | None]) -> None:
        students = {slot.student for slot in decisions}
        if not students <= behind:  # said before the first of their decisions is kept
            behind.update(students)
            book.note(BEHIND, json.dumps(sorted(behind)))
        book.save_reviews((slot.student, slot.question, slot.part, one) for slot, one in decisions.items())
        for slot, one in decisions.items():
            stored.pop(slot, None)
            if one is not None:
                stored[slot] = one

    valid = {
        text.slot: stored[text.slot]
        for pile in piles
        for text in pile.texts
        if text.slot in stored and is_decided(text, stored[text.slot])
    }
    opened = Opened(book, assessment, piles, Desk(valid, keep), stored, behind, "")
    opened.had = opened.text
    return opened
