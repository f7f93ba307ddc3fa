"""``reviews.yaml``: all that people decided, as a file to read, to keep, and to take to another folder.

    assessment: quiz
    reviews:
    - question: "tanh/lstm_vanishing"
      part: "answer"
      student: "ada"
      digest: "0f3a…"              of the text that was read: a decision holds for no other
      points: ["claim", "reason"]
      comment: "…"

Sorted, so that two files can be compared. Every text is quoted, so that nothing depends on how YAML reads words.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.bank.yaml12 import Document, read
from grader.errors import Complaint, InputError
from grader.model.answers import Review
from grader.report.safe import one_line
from grader.review.texts import Slot

__all__ = ["FILE", "Kept", "read_reviews", "reviews_text"]

FILE = "reviews.yaml"
FIELDS = ("question", "part", "student", "digest")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a file of reviews says: of which assessment, and what was decided."""

    assessment: str
    reviews: Mapping[Slot, Review]


def reviews_text(assessment: str, reviews: Iterable[tuple[str, Review]]) -> str:
    """Return the text of a file of reviews, each given with its student."""
    entries = sorted(reviews, key=lambda entry: (entry[1].question, entry[1].part, entry[0]))
    return "".join(_lines(assessment, entries))


def _lines(assessment: str, entries: Iterable[tuple[str, Review]]) -> Iterator[str]:
    yield "# What people decided about texts. Into another folder: `grader review OUT --import reviews.yaml`.\n"
    yield f"assessment: {_quoted(assessment)}\nreviews:"
    separator = "\n"
    for student, review in entries:
        fields = [
            f"question: {_quoted(review.question)}",
            f"part: {_quoted(review.part)}",
            _student(student),
            f"digest: {_quoted(review.digest)}",
            f"points: [{', '.join(map(_quoted, review.points))}]",
        ]
        if review.comment:
            fields.append(f"comment: {_quoted(review.comment)}")
        yield f"{separator}- " + "\n  ".join(fields) + "\n"
        separator = ""
    if separator:
        yield " []\n"


def _quoted(text: str) -> str:
    """Write a text between double quotes; what cannot be shown is escaped."""
    quoted = json.dumps(text, ensure_ascii=False)
    return quoted if quoted.isprintable() else "".join(map(_escaped, quoted))


def _escaped(sign: str) -> str:
    if sign.isprintable():
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) < 1 << 16 else f"\\U{ord(sign):08x}"


def _student(name: str) -> str:
    """Write a student's id; where a folder's name is no text, its bytes, since YAML has no way to write it."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return f'student_bytes: "{name.encode("utf-8", "surrogateescape").hex()}"'
    return f"student: {_quoted(name)}"


def read_reviews(path: Path) -> Kept:
    """Read a file of reviews. Raises InputError with all that is wrong with it."""
    document = read(path, most_bytes=1 << 27, most_nodes=1 << 23)
    if document.complaints:
        raise InputError.of(document.complaints)
    top = document.value
    entries: Any = top.get("reviews") if isinstance(top, dict) else None
    if not isinstance(entries, list) or not isinstance(top.get("assessment"), str):
        hint = f"`grader review OUT` writes one: OUT/{FILE}."
        raise InputError("this is no file of reviews", hint=hint, place=document.place(()))
    found: dict[Slot, Review] = {}
    complaints: list[Complaint] = []
    for place, entry in enumerate(map(_named, entries)):
        words = _fault(entry)
        if words:
            complaints.append(Complaint(words, "Write it as the others are.", document.place(("reviews", place))))
            continue
        slot = Slot(entry["student"], entry["question"], entry["part"])
        if slot in found:
            complaints.append(_twice(document, slot, place))
        points, comment = tuple(entry["points"]), entry.get("comment", "")
        found[slot] = Review(slot.question, slot.part, entry["digest"], points, comment)
    if complaints:
        raise InputError.of(complaints)
    return Kept(top["assessment"], found)


def _named(entry: Any) -> Any:
    """Turn a student's bytes back into the name of the folder."""
    if isinstance(entry, dict) and isinstance(entry.get("student_bytes"), str):
        with suppress(ValueError):
            return {**entry, "student": bytes.fromhex(entry["student_bytes"]).decode("utf-8", "surrogateescape")}
    return entry


def _fault(entry: Any) -> str:
    if not isinstance(entry, dict):
        return "a review is a mapping"
    missing = next((name for name in FIELDS if not isinstance(entry.get(name), str)), None)
    if missing:
        return f"a review needs `{missing}`, a text"
    points = entry.get("points")
    if not isinstance(points, list) or not all(isinstance(point, str) for point in points):
        return "a review needs `points`, a list of the rubric's points"
    if not isinstance(entry.get("comment", ""), str):
        return "`comment` is a text"
    return ""


def _twice(document: Document, slot: Slot, place: int) -> Complaint:
    words = f"the text of {one_line(slot.student)!r} on {slot.question} is there twice"
    return Complaint(words, "Keep one of them.", document.place(("reviews", place)))
