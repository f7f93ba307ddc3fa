"""Load an assessment or a topic: read, check shapes, follow every name, and complain about everything at once.

    homework.yaml --- id: tanh/tanh_grad ---> tanh/bank.yaml ---> tanh/reference.py
         |
         +---------- include: ------------> other.yaml ---> ...

What comes back is checked and frozen; nothing downstream looks at YAML again.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from grader.bank.complaints import Complaints
from grader.bank.known import Known
from grader.bank.shipped import find_assessment, find_include, find_topic, shipped, topic_names
from grader.bank.topic import LoadedTopic, bank_files, check_shape_of, read_topic
from grader.bank.yaml12 import Document, read
from grader.errors import BankError, Complaint, Place
from grader.kinds.kind import Fault
from grader.kinds.limits import laid_over
from grader.kinds.names import suggestion, unknown
from grader.kinds.quantities import exact
from grader.kinds.view import View
from grader.model.question import Assessment, CodeQuestion, Hints, Item, QuizItem, Solutions, Topic
from grader.model.quiz import QuizQuestion

__all__ = [
    "SEED_OF_A_TOPIC", "find_assessment", "load_assessment", "load_quiz", "load_topic", "quiz_of", "shipped",
    "topic_folder",
]  # fmt: skip

SEED_OF_A_TOPIC = "validate"  # it has none of its own


def load_assessment(path: Path, cache: Path | None = None) -> Assessment:
    """Load an assessment with every topic it picks from. Raises BankError with all that is wrong.

    With a cache, a file whose shape was found right before is not checked for it again.
    """
    loading = _Loading(Known(cache))
    document, items = loading.read(path, ())
    loading.complaints.raise_any()
    made = _assessment(path, View(document.value), items, loading.topics.values())
    parts = [_assessment(*part, loading.topics.values()) for part in loading.included]
    return replace(made, included=tuple(parts))


def _assessment(
    path: Path, view: View, items: Sequence[Item | QuizItem], topics: Iterable[LoadedTopic]
) -> Assessment:
    """Make an assessment of what nothing is wrong with."""
    used = {item.question.id.partition("/")[0] for item in items}
    return Assessment(
        id=path.stem,
        title=view.text("title").strip(),
        seed=view.text("seed").strip(),
        items=tuple(item for item in items if isinstance(item, Item)),
        quiz=tuple(item for item in items if isinstance(item, QuizItem)),
        order=tuple(item.question.id for item in items),
        topics=tuple(one.topic for one in topics if one.topic and one.topic.name in used),
        file=str(path),
        folder=str(path.parent),
        introduction=view.text("introduction").strip(),
        show_hidden_titles=view.get("show_hidden_titles") is not False,
        hints=Hints(view.text("hints") or Hints.CORRECTION),
        show_solutions=Solutions(view.text("show_solutions") or Solutions.ANSWERED),
    )


def load_topic(folder: Path, cache: Path | None = None) -> Topic:
    """Load a topic from its folder. Raises BankError with all that is wrong."""
    complaints = Complaints()
    loaded = read_topic(folder, complaints, Known(cache))
    complaints.raise_any()
    if loaded.topic is None:  # cannot be: what is not loaded has a complaint
        raise BankError([Complaint("cannot be read", place=Place(str(folder)))])
    return loaded.topic


def load_quiz(path: Path, cache: Path | None = None) -> Assessment:
    """Load an assessment, or a topic as a quiz of all its questions, for its author to look at."""
    folder = topic_folder(path)
    return quiz_of(load_topic(folder, cache)) if folder else load_assessment(path, cache)


def topic_folder(path: Path) -> Path | None:
    """Return the topic that a path means: its folder, or one of its banks; None where it means no topic."""
    if path.is_dir():
        return path if (path / "bank.yaml").exists() else None
    return path.parent if path in bank_files(path.parent) else None


def quiz_of(topic: Topic) -> Assessment:
    """Return the quiz that asks all questions of a topic for a point each."""
    return Assessment(
        id=topic.name,
        title=topic.title,
        seed=SEED_OF_A_TOPIC,
        items=(),
        quiz=tuple(QuizItem(question, Fraction(1)) for question in topic.quiz),
        order=tuple(question.id for question in topic.quiz),
        topics=(topic,),
        file=topic.folder,
        folder=topic.folder,
    )


class _Loading:
    """One go at loading: what is wrong so far, and the topics, questions and assessments met on the way."""

    def __init__(self, known: Known) -> None:
        self.complaints = Complaints()
        self.topics: dict[str, LoadedTopic] = {}
        self.included: list[tuple[Path, View, list[Item | QuizItem]]] = []
        self._known = known
        self._picked: dict[str, Place] = {}

    def read(self, path: Path, chain: tuple[Path, ...]) -> tuple[Document, list[Item | QuizItem]]:
        """Read an assessment and what it includes; return the items of all of them."""
        document = read(path)
        self.complaints.add_document(document)
        view = View(document.value)
        if document.root is None:
            return document, []
        if view.has("topic") and not view.has("seed"):
            words = "this is a bank, not an assessment"
            hint = "Name a file that picks questions from banks"
            self._add(document, Fault(("topic",), words, hint, at_key=True))
            return document, []
        self.complaints.add_faults(document, check_shape_of("assessment", document, self._known))
        items = self._included(document, view, path, (*chain, path.resolve()))
        for pick in view.views("questions"):
            question = self._pick(document, pick, path.parent)
            if question is not None and not self.complaints:
                worth = exact(pick.get("points"))
                items.append(
                    QuizItem(question, worth) if isinstance(question, QuizQuestion) else Item(question, worth)
                )
        if not view.views("questions") and not view.has("include"):
            words = "the assessment has no questions"
            self._add(document, Fault(("questions",), words, "Pick some: - {id: tanh/tanh, points: 4}"))
        if self.complaints:
            return document, []
        items = [_limited(item, view.view("limits")) for item in items]
        if chain:
            self.included.append((path, view, items))
        return document, items

    def _add(self, document: Document, fault: Fault) -> None:
        self.complaints.add_faults(document, [fault])

    def _included(
        self, document: Document, view: View, path: Path, chain: tuple[Path, ...]
    ) -> list[Item | QuizItem]:
        items: list[Item | QuizItem] = []
        for where, name in view.texts("include"):
            other = find_include(name, path.parent)
            if other is None:
                words = f"there is no assessment {name[:80]!r}"
                self._add(document, Fault(where, words, f"Files are looked for in {path.parent}"))
            elif other.resolve() in chain:
                way = " -> ".join([*(step.name for step in chain), other.name])
                self._add(document, Fault(where, f"assessments include each other: {way}", "Remove one `include`"))
            else:
                items += self.read(other, chain)[1]
        return items

    def _pick(self, document: Document, pick: View, beside: Path) -> CodeQuestion | QuizQuestion | None:
        """Find the question that an assessment picks, and complain where there is none."""
        identity, where = pick.text("id"), pick.at("id")
        name, _, question = identity.partition("/")
        if not name or not question or "/" in question:
            return None
        if identity in self._picked:
            hint = f"The first is at {self._picked[identity]}: keep one"
            self._add(document, Fault(where, f"{identity[:80]!r} is picked for the second time", hint))
            return None
        self._picked[identity] = document.place(where)
        folder = find_topic(name, beside) if re.fullmatch(r"[a-z][a-z0-9_-]*", name) else None
        if folder is None:
            self._add(document, unknown(where, name, topic_names(beside), "topic"))
            return None
        if name not in self.topics:
            self.topics[name] = read_topic(folder, self.complaints, self._known)
        loaded = self.topics[name]
        if loaded.folder.resolve() != folder.resolve():
            words = f"the topic {name!r} is meant twice: {loaded.folder} and {folder}"
            self._add(document, Fault(where, words, "Rename one of them"))
        elif loaded.is_readable and question not in loaded.ids:
            hint = suggestion(question, sorted(loaded.ids))
            self._add(document, Fault(where, f"the topic {name!r} has no question {question[:60]!r}", hint))
        questions = (*loaded.topic.questions, *loaded.topic.quiz) if loaded.topic else ()
        return next((one for one in questions if one.id == identity), None)


def _limited(item: Item | QuizItem, limits: View) -> Item | QuizItem:
    """Lay the limits of an assessment over those of its questions."""
    if isinstance(item, QuizItem):
        return item
    laid = laid_over(item.question.limits, limits)
    return replace(item, question=replace(item.question, limits=laid)) if laid != item.question.limits else item
