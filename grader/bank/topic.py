"""Load one topic: its bank, reference and known mistakes, and what each kind of question finds wrong with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from grader.bank.complaints import Complaints
from grader.bank.known import Known
from grader.bank.mistakes import read_mistakes
from grader.bank.reference import digest, load_reference
from grader.bank.yaml12 import Document, read
from grader.kinds.kind import Fault, Reference
from grader.kinds.names import repeated, unknown
from grader.kinds.registry import kinds
from grader.kinds.view import View
from grader.model.mistake import Mistake
from grader.model.question import CodeQuestion, Topic
from grader.model.quiz import QuizQuestion

__all__ = ["LoadedTopic", "bank_files", "check_shape_of", "read_topic"]


@dataclass(frozen=True, slots=True)
class LoadedTopic:
    """A bank as far as it could be read; its ids are known even where something else is wrong."""

    folder: Path
    ids: frozenset[str] = frozenset()
    is_readable: bool = False
    topic: Topic | None = None


def read_topic(folder: Path, complaints: Complaints, known: Known) -> LoadedTopic:
    """Read a topic; what is wrong goes to the complaints, and then there is none.

    The banks are ``bank.yaml`` and every ``bank-*.yaml`` beside it, all of one shape.
    """
    documents = [read(path) for path in bank_files(folder)]
    for document in documents:
        complaints.add_document(document)
    if documents[0].root is None:
        return LoadedTopic(folder)
    views = [View(document.value) for document in documents]
    questions = [question for view in views for question in view.views("questions")]
    needs_reference = any(question.text("kind") in ("", "code") for question in questions) or not questions
    reference, failed = (
        load_reference(folder / "reference.py")
        if needs_reference or (folder / "reference.py").exists()
        else (Reference({}, {}), None)  # nothing but a quiz
    )
    whole = digest(folder)
    named = f"{folder.resolve().name} {whole}"
    is_known = known.has(named)
    mistakes = read_mistakes(folder, reference, complaints, is_sound=is_known)
    beliefs = {str(path[-1]): says for view in views for path, says in view.parts("beliefs")}
    ids = sorted({*(one.id for one in mistakes), *beliefs})
    is_sound = not failed
    for document, view in () if is_known else zip(documents, views, strict=True):
        faults = [*check_shape_of("bank", document, known), *_faults(view, questions, folder, reference)]
        faults += [unknown(path, name, ids, "misconception") for path, name in _named(view) if name not in ids]
        complaints.add_faults(document, faults, folder / "reference.py")
        is_sound &= not faults and not document.complaints
    if failed:
        complaints.add(failed)
    is_sound &= not complaints
    if is_sound:
        known.add(named)
    return LoadedTopic(
        folder,
        frozenset(question.text("id") for question in questions),
        is_readable=all(view.has("questions") for view in views)
        and not any(document.complaints for document in documents),
        topic=_build(views, folder, whole, reference, mistakes) if is_sound else None,
    )


def bank_files(folder: Path) -> list[Path]:
    """Return the banks of a topic, ``bank.yaml`` first, whether or not it is there."""
    return [folder / "bank.yaml", *sorted(folder.glob("bank-*.yaml"))]


def _named(view: View) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Find the misconceptions that a bank names, and where."""
    pending: list[View] = view.views("questions")
    while pending:
        one = pending.pop()
        if isinstance(one.get("misconception"), str):
            yield one.at("misconception"), one.text("misconception")
        for key in one.value:
            pending += one.views(key)


def check_shape_of(of: Literal["bank", "assessment"], document: Document, known: Known) -> list[Fault]:
    """Check a document's shape, unless it is known to be right."""
    if known.has(document.digest):
        return []
    from grader.bank.schema import check_shape

    faults = check_shape(of, document.value)
    if not faults and not document.complaints:
        known.add(document.digest)
    return faults


def _faults(view: View, questions: Sequence[View], folder: Path, reference: Reference) -> list[Fault]:
    """Say what is wrong with a bank beyond its shape, by the rules of each question's kind."""
    own = view.views("questions")
    faults = list(repeated([(one.at("id"), one.text("id")) for one in own if one.text("id")], "question's id"))
    others = [one for one in questions if all(one.value is not mine.value for mine in own)]
    elsewhere = {one.text("id") for one in others} - {""}
    for one in own:
        if one.text("id") in elsewhere:
            words = f"the question {one.text('id')!r} is in another bank of this topic, too"
            faults.append(Fault(one.at("id"), words, "Rename one of them"))
    name, topic = folder.resolve().name, view.text("topic")
    if topic and topic != name:
        words = f"the topic {topic[:60]!r} lies in a folder {name[:60]!r}"
        faults.append(Fault(("topic",), words, "Give both one name"))
    by_name = {kind.name: kind for kind in kinds()}
    for question in own:
        if kind := by_name.get(question.text("kind")):
            faults += kind.faults(question, questions, reference)
    return faults


def _build(
    views: Sequence[View], folder: Path, whole: str, reference: Reference, mistakes: tuple[Mistake, ...]
) -> Topic:
    by_name = {kind.name: kind for kind in kinds()}
    topic = views[0].text("topic")
    written = [one for view in views for one in view.views("questions")]
    made = [by_name[one.text("kind")].build(one, topic) for one in written]
    beliefs = {str(path[-1]): str(says).strip() for view in views for path, says in view.parts("beliefs")}
    return Topic(
        name=topic,
        title=views[0].text("title").strip(),
        folder=str(folder),
        questions=tuple(one for one in made if isinstance(one, CodeQuestion)),
        quiz=tuple(one for one in made if isinstance(one, QuizQuestion)),
        beliefs=MappingProxyType(beliefs),
        reference=reference.functions,
        digest=whole,
        mistakes=mistakes,
    )
