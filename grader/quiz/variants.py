"""Which sheet a student has answered, and whether the answers count.

    no code, or none that can be read      the student's own variant, and a note says so
    the student's own                      counts
    a numbered one (`--variants N`)        counts: such sheets belong to nobody
    any other                              does not count until a person says so (`--any-variant`)

An assessment may include others, and sheets be made of each of them: the answers say of which.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from grader.errors import InputError
from grader.model.answers import Answers
from grader.model.question import Assessment, QuizItem
from grader.model.sheet import Posed
from grader.quiz.codes import code_for, read_code
from grader.quiz.reading import shown
from grader.quiz.sheet import pose, secret_of

__all__ = ["Answered", "Source", "Variants"]

NUMBERED = 999


@dataclass(slots=True, eq=False)
class Source:
    """An assessment of which sheets are made."""

    assessment: Assessment
    secret: bytes
    items: dict[str, QuizItem]
    _numbered: frozenset[str] | None = field(default=None)

    def own(self, student: str) -> str:
        """Return the code of a student's variant."""
        return code_for(self.secret, self.assessment.id, student)

    def is_numbered(self, code: str) -> bool:
        """Whether a code is that of a sheet which belongs to nobody."""
        if self._numbered is None:
            self._numbered = frozenset(self.own(str(number)) for number in range(1, NUMBERED + 1))
        return code in self._numbered

    def pose(self, question: str, code: str) -> Posed:
        """Make a question as it stands on the sheet of a code."""
        return pose(self.assessment, self.items[question], code, self.secret)


@dataclass(frozen=True, slots=True)
class Answered:
    """Answers, and the sheet that they are held against."""

    answers: Answers
    source: Source
    code: str
    own: str
    counts: bool = True
    note: str = ""


class Variants:
    """The sheets of an assessment and of those that it includes."""

    def __init__(self, assessment: Assessment, *, any_variant: bool = False) -> None:
        self._any = any_variant
        self.sources = tuple(
            Source(one, secret_of(one), {item.question.id: item for item in one.quiz})
            for one in (assessment, *assessment.included)
            if one.quiz
        )

    def home(self, question: str) -> Source:
        """Return the sheet that a question stands on where nobody says which: that of the file which picks it."""
        return next(one for one in (*self.sources[1:], self.sources[0]) if question in one.items)

    def sheet_of(self, student: str, answers: Answers) -> Answered:
        """Say which sheet was answered."""
        try:
            code, unread = (read_code(answers.variant), "") if answers.variant.strip() else ("", "")
        except InputError as error:
            code, unread = "", error.complaints[0].message
        named = [
            one for one in self.sources if one.assessment.id.casefold() == answers.assessment.strip().casefold()
        ]
        ordered = (*named, *(one for one in self.sources if one not in named))
        fitting = next((one for one in ordered if code and code == one.own(student)), None)
        fitting = fitting or next((one for one in ordered if code and one.is_numbered(code)), None)
        source = fitting or (named[0] if named else self._likely(answers))
        own = source.own(student)
        stranger = self._stranger(answers, named, source)
        if fitting is not None or (code and self._any):
            return Answered(answers, source, code, own, note=stranger)
        if not code:
            return Answered(answers, source, own, own, note=_own_instead(answers, unread, own) + stranger)
        words = (
            f"{answers.source}: these answers are for the variant {code}; this student's is {own}. They are kept, "
            "and earn nothing until a person has looked at them."
        )
        return Answered(answers, source, code, own, counts=False, note=words + stranger)

    def _stranger(self, answers: Answers, named: Sequence[Source], source: Source) -> str:
        """Say so where the sheet that the answers name is none of this assessment."""
        if named or not answers.assessment.strip():
            return ""
        known = ", ".join(f"`{one.assessment.id}`" for one in self.sources)
        words = f"{shown(answers.assessment)} is no quiz here (there is {known})"
        return f" {answers.source}: {words}; it was read as `{source.assessment.id}`."

    def _likely(self, answers: Answers) -> Source:
        """Return the smallest assessment that has the most of the questions which were answered."""
        homes: Sequence[Source] = [
            self.home(name) for name in answers.responses if any(name in one.items for one in self.sources)
        ]
        return max(homes, key=homes.count) if homes else self.sources[0]


def _own_instead(answers: Answers, unread: str, own: str) -> str:
    if not answers.responses:
        return ""
    why = unread or "no variant is named"
    return f"{answers.source}: {why}. The answers are held against this student's own variant, {own}."
