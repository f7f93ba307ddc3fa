"""A class whose texts wait to be marked, made by hand; the site over it; and a server to attack."""

import functools
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from types import SimpleNamespace

import pytest

from grader.model.answers import Review
from grader.model.sheet import Choose, ChooseKey, Enter, Item, Key, Option, Posed, RubricPoint, TextKey
from grader.quiz.marking import mark
from grader.review.desk import Desk
from grader.review.guard import Guard
from grader.review.pages import Pages
from grader.review.serve import listen
from grader.review.site import Site
from grader.review.texts import Pile, Slot, Text, pile_up, texts_of

HALF = Fraction(1, 2)
NASTY = (
    "</textarea></div><script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'> "
    "http://evil.example \u202e"
)
ANSWERS = {
    "ada": "The slope is below 1, so products of slopes shrink and early steps learn slowly.",
    "ben": "The slope is below 1, so products of slopes shrink and early steps learn slowly.",
    "cem": "The slope is not below 1, so products of slopes shrink and early steps learn slowly.",
    "dia": "Because of the weights.",
    "eve": NASTY,
    "fay": "The slope is below 1, so products of slopes shrink and early steps learn slowly.",
}


def vanish(extra: str = "") -> Posed:
    """Return a question with a text of two points; ``extra`` makes it another variant."""
    rubric = (
        RubricPoint("shrinks", "It says that products of slopes below 1 shrink, $s^n$", HALF),
        RubricPoint("early", "It says that *early* steps learn slowly", HALF),
    )
    prompt = f"Why do gradients vanish?{extra}"
    item = Item("tanh/vanish", "short_answer", "Vanishing gradients", prompt, Fraction(4), (Enter("text", 5),))
    return Posed(item, Key((TextKey(rubric, "Slopes multiply."),), (Fraction(1),)))


def slope() -> Posed:
    """Return a choice and its reason."""
    forms = (Choose((Option("A", "True"), Option("B", "False"))), Enter("text", 3, label="Reason"))
    text = TextKey((RubricPoint("why", "It says why", Fraction(1)),), "Since it is 1.")
    keys = (ChooseKey({"A": Fraction(0), "B": Fraction(1)}), text)
    item = Item("tanh/slope", "true_false", "The slope at 0", "It is $1/4$.", Fraction(2), forms)
    return Posed(item, Key(keys, (HALF, HALF)))


def texts(answers: dict[str, str] = ANSWERS, posed: Posed | None = None) -> list[Text]:
    asked = posed or vanish()
    return [one for student, text in answers.items() for one in texts_of(student, asked, mark(asked, text))]


def piles() -> tuple[Pile, ...]:
    reasons = {"ada": "It is 1.", "ben": "because"}
    found = [
        one
        for student, words in reasons.items()
        for one in texts_of(student, slope(), mark(slope(), {"choice": "A", "reason": words}))
    ]
    return pile_up([*texts(), *found], ("tanh/vanish", "tanh/slope"))


@dataclass
class Book:
    """Where decisions are kept, as the gradebook keeps them."""

    kept: dict[Slot, Review | None] = field(default_factory=dict)
    writes: int = 0

    def keep(self, reviews) -> None:
        """Keep decisions."""
        self.writes += 1
        self.kept.update(reviews)


@dataclass
class Sitting:
    """A running review: its address, its guard, what it keeps."""

    guard: Guard
    desk: Desk
    book: Book
    piles: tuple[Pile, ...]
    pages: Pages
    saved: list[int]
    stop: Callable[[], None]
    hang_up: Callable[[], None]

    def place(self, student: str) -> int:
        """Return the number of a student's answer in the first pile."""
        return next(n for n, text in enumerate(self.piles[0].texts, start=1) if text.slot.student == student)

    def review(self, student: str) -> Review | None:
        """Return what is kept of a student's answer in the first pile."""
        return self.book.kept.get(Slot(student, "tanh/vanish", "answer"))


@pytest.fixture
def open_sitting() -> Iterator[Callable[..., Sitting]]:
    """Serve a review in a thread."""
    ends: list[Callable[[], None]] = []

    def go(made: tuple[Pile, ...] | None = None) -> Sitting:
        found = piles() if made is None else made
        book = Book()
        desk = Desk({}, book.keep)
        listening = listen(0)
        counter = listening.__enter__()
        guard = Guard(counter.port)
        pages = Pages("Quiz: <tanh>", found, desk, guard.root, guard.form_token)
        saved: list[int] = []

        def save() -> str:
            saved.append(desk.changes)
            return "Written."

        site = Site(guard, pages, save, counter.stop)
        thread = threading.Thread(target=counter.serve, args=(site.answer, lambda: None))
        thread.start()

        @functools.cache
        def hang_up() -> None:
            counter.stop()
            thread.join(10)
            listening.__exit__(None, None, None)

        ends.append(hang_up)
        return Sitting(guard, desk, book, found, pages, saved, counter.stop, hang_up)

    yield go
    for end in ends:
        end()


@pytest.fixture
def sitting(open_sitting) -> Sitting:
    return open_sitting()


@pytest.fixture
def texts_of_class() -> Callable[[list[str], str], list[Text]]:
    """Make the same text of some students, to a variant of the question."""
    return lambda students, extra: texts(dict.fromkeys(students, "Slopes multiply."), vanish(extra))


@pytest.fixture(scope="session")
def made() -> SimpleNamespace:
    """Return what makes questions and texts."""
    return SimpleNamespace(texts=texts, vanish=vanish, slope=slope)
