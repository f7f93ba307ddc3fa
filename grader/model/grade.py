"""What people read: how a submission did, in words and points. Plain data, so that it can be stored and read back.

``to_json`` gives the contract of ``results.json``; what a page shows beyond it lives in ``details``.
Points are exact fractions until they are written.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grader.model.outcome import Frame, Isolation, Status

__all__ = [
    "Behaviour",
    "CheckGrade",
    "Curve",
    "Evidence",
    "Misconception",
    "QuestionGrade",
    "SheetGrade",
    "StudentGrade",
    "points",
]


def points(value: Fraction) -> float | int:
    """Write an exact score as JSON has it: whole numbers without a point, the rest to six decimals."""
    rounded = round(float(value), 6)
    return int(rounded) if rounded == int(rounded) else rounded


@dataclass(frozen=True, slots=True)
class Curve:
    """Got and wanted over one input axis, for the picture; from public cases only; may hold nan and infinities."""

    x: tuple[float, ...]
    got: tuple[float, ...]
    wanted: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a check failed, on its smallest failing case. Of hidden cases nothing but the title may be shown.

    Each field tells what no other does, so that all of them may stand below each other.
    """

    case: str  # the case's title
    public: bool
    call: str = ""  # Python that can be pasted and run
    got: str = ""
    wanted: str = ""
    gap: str = ""  # in words: "off by 0.24 (no digit right)", "off by 931 ULP (13 of 16 digits right)"
    where: str = ""  # "at x = -0.7", "largest at h[1, 3]; 10 of 10 numbers differ"
    error: str = ""  # "ValueError: operands could not be broadcast ..."
    frames: tuple[Frame, ...] = ()
    printed: str = ""
    cause: str = ""  # a sentence, where numbers and tracebacks do not say it: "It changes its argument `x`: ..."
    extent: str = ""  # a sentence: "Wrong on 2 of 3 cases; right on: one number."


@dataclass(frozen=True, slots=True)
class CheckGrade:
    """One check: its points, its verdict in a sentence, and the evidence where it failed."""

    name: str
    says: str  # what is asked, as a heading: true whether it holds or not
    score: Fraction
    max_score: Fraction
    status: Status
    message: str  # stands alone; what ``evidence`` shows it may say again
    skipped: bool = False
    evidence: Evidence | None = None
    failed_cases: int = 0
    total_cases: int = 0
    credit: str = ""  # what of the message is about points for what follows from another mistake

    @property
    def is_passed(self) -> bool:
        """Whether the check earned all of its points."""
        return self.status is Status.PASSED


@dataclass(frozen=True, slots=True)
class Misconception:
    """A known mistake that the submission's behaviour matches, and what a tutor says of it, step by step."""

    id: str
    text: str
    evidence: str
    think: str = ""  # a question that makes one think
    look: str = ""  # a pointer to the place
    fix: str = ""  # the correction, in so many words
    alike: str = ""  # the id of the mistake told before that this one cannot be told from


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A wrong answer that no known mistake explains, in a few numbers by which it is found again.

    Two are the same behaviour where their words are equal and their numbers agree to within rounding.
    """

    words: str  # a digest of all that is exact: shapes, exceptions, where there is nan, which checks failed
    numbers: tuple[float, ...]  # what is not, summed up
    is_single: bool = False  # computed in single precision


@dataclass(frozen=True, slots=True)
class QuestionGrade:
    """One question of one student."""

    id: str
    kind: str
    title: str
    signature: str
    score: Fraction
    max_score: Fraction
    status: Status
    checks: tuple[CheckGrade, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    remarks: tuple[str, ...] = ()
    feedback: tuple[str, ...] = ()  # near misses, why nothing could be run
    curve: Curve | None = None
    behaviour: Behaviour | None = None  # of an answer that is wrong and not explained

    @property
    def what_is_right(self) -> str:
        """Name what holds of a question that is not all right, in one sentence; empty where nothing does."""
        right = [check.says.strip().rstrip(".") for check in self.checks if check.is_passed]
        return f"What is right: {'; '.join(right)}." if right and self.status is not Status.PASSED else ""

    def to_json(self) -> dict[str, Any]:
        """Return the question as ``results.json`` has it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "score": points(self.score),
            "max_score": points(self.max_score),
            "status": self.status.value,
            "checks": [
                {
                    "name": check.name,
                    "score": points(check.score),
                    "max_score": points(check.max_score),
                    "passed": check.is_passed,
                    "message": check.message,
                }
                for check in self.checks
            ],
            "misconceptions": [
                {
                    "id": known.id,
                    "text": known.text,
                    "evidence": known.evidence,
                    **({"alike": known.alike} if known.alike else {}),
                }
                for known in self.misconceptions
            ],
            "remarks": list(self.remarks),
            "feedback": [text for text in (self.what_is_right, *self.feedback) if text],
        }


@dataclass(frozen=True, slots=True)
class SheetGrade:
    """Which sheet of a quiz a student has answered; ``counts`` is False where it is another's."""

    assessment: str
    variant: str  # the code of the sheet that the answers were held against
    own: str  # the code of the student's own
    counts: bool
    would_earn: Fraction  # the points of its answers, whether they count or not

    def to_json(self) -> dict[str, Any]:
        """Return the sheet as ``results.json`` has it."""
        made = {"assessment": self.assessment, "variant": self.variant, "own": self.own, "counts": self.counts}
        return made if self.counts else {**made, "would_earn": points(self.would_earn)}


@dataclass(frozen=True, slots=True)
class StudentGrade:
    """One student: every question of the assessment, and notes on the submission as a whole."""

    student: str
    questions: tuple[QuestionGrade, ...]
    notes: tuple[str, ...] = ()
    isolation: Isolation = Isolation.NONE
    sheets: tuple[SheetGrade, ...] = ()  # of a quiz

    @property
    def score(self) -> Fraction:
        """The points earned."""
        return sum((question.score for question in self.questions), Fraction(0))

    @property
    def max_score(self) -> Fraction:
        """The points to be had."""
        return sum((question.max_score for question in self.questions), Fraction(0))

    @property
    def is_graded(self) -> bool:
        """Whether the grader did its part; False when some question ended in its own fault."""
        return all(question.status is not Status.GRADER_ERROR for question in self.questions)

    @property
    def is_final(self) -> bool:
        """Whether no question waits for the grader or for a person."""
        return self.is_graded and all(one.status is not Status.NEEDS_REVIEW for one in self.questions)

    def to_json(self, page: str) -> dict[str, Any]:
        """Return the student as ``results.json`` has it; ``page`` is the file of their page."""
        return {
            "student": self.student,
            "score": points(self.score),
            "max_score": points(self.max_score),
            "page": page,
            "questions": [question.to_json() for question in self.questions],
            "notes": list(self.notes),
            **({"sheets": [sheet.to_json() for sheet in self.sheets]} if self.sheets else {}),
        }
