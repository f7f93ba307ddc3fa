"""A student's check of their own answers: what was understood, what is missing, and what cannot be read.

It says nothing of what is right. Whether something can be read does not depend on the key, only on the form of
the question: on the letters that there are, the number of blanks, the names in a formula. Which variant is a
student's own depends on a secret that only the course has, so that without it no variant is called wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import InputError
from grader.model.answers import Answers
from grader.model.outcome import Status
from grader.model.question import Assessment
from grader.model.sheet import Arrange, Posed
from grader.quiz.codes import read_code
from grader.quiz.marking import mark
from grader.quiz.names import Names
from grader.quiz.reading import is_empty, letters_in, shown, written
from grader.quiz.sheet import SECRET_FILE
from grader.quiz.variants import Answered, Variants
from grader.report.safe import clip

__all__ = ["Understood", "understand"]

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Understood:
    """One question: whether its answer can be read, and what was read."""

    id: str
    title: str
    status: str  # "understood", "half" (parts are missing), "unanswered", "invalid"
    words: str = ""

    def to_json(self) -> dict[str, str]:
        """Return it as ``grader check --json`` has it."""
        return {"id": self.id, "status": self.status, "message": self.words}


def understand(
    assessment: Assessment, student: str, answers: Sequence[Answers]
) -> tuple[tuple[Understood, ...], tuple[str, ...]]:
    """Return what was understood of the answers to each question, and notes on the rest."""
    variants, names = Variants(assessment), Names(assessment.order)
    notes: list[str] = []
    responses: dict[str, Any] = {}
    sheets: dict[str, Answered] = {}
    for one in answers:
        sheet = variants.sheet_of(student, one)
        notes += _variant_words(one, sheet, student)
        found, unknown, again = names.sorted(one.responses)
        notes += [
            f"{one.source}: {shown(name)} is no question of this assessment. {names.hint(name)}"
            for name in unknown
        ]
        notes += [f"{one.source}: {shown(name)} names a question that was answered already." for name in again]
        responses |= {question: one.responses[name] for question, name in found.items()}
        sheets |= {question: sheet for question in found if question in sheet.source.items}
    told: list[Understood] = []
    for item in assessment.quiz:
        name = item.question.id
        source, code = variants.home(name), ""
        if name in sheets:
            source, code = sheets[name].source, sheets[name].code
        posed = source.pose(name, code or source.own(student))
        told.append(Understood(name, posed.item.title, *_read(posed, responses.get(name))))
    return tuple(told), tuple(notes)


def _read(posed: Posed, response: Any) -> tuple[str, str]:
    """Say whether a response can be read, and what of it is missing; never whether it is right."""
    if is_empty(response):
        return "unanswered", ""
    parts = mark(posed, response).parts
    if strange := [part.message for part in parts if part.status is Status.INVALID]:
        return "invalid", " ".join(strange)
    read = clip(written(response), LONGEST)
    missing = [part.name for part in parts if part.status is Status.UNANSWERED]
    for form in posed.item.forms:
        if isinstance(form, Arrange) and not isinstance(response, Mapping):
            letters = {letter for _, letter in letters_in(response, form.options) if letter}
            missing += [option.letter for option in form.options if option.letter not in letters]
    if missing:
        return "half", f"{read} (still missing: {', '.join(missing)})"
    return "understood", read


def _variant_words(answers: Answers, sheet: Answered, student: str) -> list[str]:
    """Say of which sheet the answers are, as far as that can be known here."""
    where = answers.source
    if not answers.variant.strip():
        return [f"{where}: no variant is named. Copy the code from your sheet into the line `variant:`."]
    try:
        code = read_code(answers.variant)
    except InputError as error:
        complaint = error.complaints[0]
        return [f"{where}: {complaint.message}. {complaint.hint}"]
    if code == sheet.own:
        return [f"{where}: the variant {code} is that of {shown(student)}."]
    if (Path(sheet.source.assessment.folder) / SECRET_FILE).is_file():
        return [f"{where}: the variant {code} is not that of {shown(student)}, after whom the folder is named."]
    words = "Whose variant it is only your course can tell: compare it with your own sheet."
    return [f"{where}: the code {code} is written as a code should be. {words}"]
