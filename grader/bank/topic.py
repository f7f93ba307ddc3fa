"""Load one topic: its bank, reference and known mistakes, and what each kind of question finds wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from grader.bank.complaints import Complaints
from grader.bank.known import Known
from grader.bank.mistakes import read_mistakes
from grader.bank.reference import digest, load_reference
from grader.bank.yaml12 import Document, read
from grader.kinds.kind import Fault, Reference
from grader.kinds.names import repeated
from grader.kinds.registry import kinds
from grader.kinds.view import View
from grader.model.mistake import Mistake
from grader.model.question import Topic

__all__ = ["LoadedTopic", "check_shape_of", "read_topic"]


@dataclass(frozen=True, slots=True)
class LoadedTopic:
    """A bank as far as it could be read; its ids are known even where something else is wrong."""

    folder: Path
    ids: frozenset[str] = frozenset()
    is_readable: bool = False
    topic: Topic | None = None


def read_topic(folder: Path, complaints: Complaints, known: Known) -> LoadedTopic:
    """Read a bank and its reference; what is wrong goes to the complaints, and then there is no topic."""
    document = read(folder / "bank.yaml")
    complaints.add_document(document)
    if document.root is None:
        return LoadedTopic(folder)
    view = View(document.value)
    questions = view.views("questions")
    reference, failed = load_reference(folder / "reference.py")
    faults = [*check_shape_of("bank", document, known), *_faults(view, questions, folder, reference)]
    complaints.add_faults(document, faults, folder / "reference.py")
    if failed:
        complaints.add(failed)
    mistakes = read_mistakes(folder, reference, complaints)
    is_sound = not faults and not failed and not document.complaints and not complaints
    return LoadedTopic(
        folder,
        frozenset(question.text("id") for question in questions),
        is_readable=view.has("questions") and not document.complaints,
        topic=_build(view, folder, reference, mistakes) if is_sound else None,
    )


def check_shape_of(of: Literal["bank", "assessment"], document: Document, known: Known) -> list[Fault]:
    """Check a document's shape, unless it is known to be right."""
    if known.has(document):
        return []
    from grader.bank.schema import check_shape

    faults = check_shape(of, document.value)
    if not faults and not document.complaints:
        known.add(document)
    return faults


def _faults(view: View, questions: Sequence[View], folder: Path, reference: Reference) -> list[Fault]:
    """Say what is wrong with a bank beyond its shape, by the rules of each question's kind."""
    faults = list(
        repeated([(one.at("id"), one.text("id")) for one in questions if one.text("id")], "question's id")
    )
    name, topic = folder.resolve().name, view.text("topic")
    if topic and topic != name:
        words = f"the topic {topic[:60]!r} lies in a folder {name[:60]!r}"
        faults.append(Fault(("topic",), words, "Give both one name"))
    by_name = {kind.name: kind for kind in kinds()}
    for question in questions:
        if kind := by_name.get(question.text("kind")):
            faults += kind.faults(question, questions, reference)
    return faults


def _build(view: View, folder: Path, reference: Reference, mistakes: tuple[Mistake, ...]) -> Topic:
    by_name = {kind.name: kind for kind in kinds()}
    topic = view.text("topic")
    return Topic(
        name=topic,
        title=view.text("title").strip(),
        folder=str(folder),
        questions=tuple(by_name[one.text("kind")].build(one, topic) for one in view.views("questions")),
        reference=reference.functions,
        digest=digest(folder),
        mistakes=mistakes,
    )
