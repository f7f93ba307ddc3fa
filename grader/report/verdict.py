"""Statuses in words and shapes, points as people write them, and what of an evidence may be shown.

A status is never told by colour alone: each has a word, and a shape that differs in its outline.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from grader.model.grade import CheckGrade, Evidence, QuestionGrade
from grader.model.outcome import Frame, Isolation, Status

__all__ = [
    "ISOLATION_WORDS",
    "LIST_WORTHY",
    "OURS",
    "SKIPPED",
    "VERDICTS",
    "Verdict",
    "is_pending",
    "of_check",
    "of_question",
    "shown",
    "some_frames",
    "write_points",
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status as it is shown: ``shape`` names a drawing (and a sign for terminals), ``tone`` a colour."""

    word: str
    shape: str  # check, half, cross, ring, stop, alert, dash
    tone: str  # good, part, bad, ours, mute
    sentence: str = ""  # what it means, where the word alone may not say it


VERDICTS: dict[Status, Verdict] = {
    Status.PASSED: Verdict("passed", "check", "good"),
    Status.PARTIAL: Verdict("partly right", "half", "part"),
    Status.FAILED: Verdict("not right yet", "cross", "bad"),
    Status.ERROR: Verdict("raised an error", "cross", "bad"),
    Status.MISSING: Verdict("not found", "ring", "bad"),
    Status.TIMEOUT: Verdict("out of time", "stop", "bad"),
    Status.MEMORY: Verdict("out of memory", "stop", "bad"),
    Status.OUTPUT_LIMIT: Verdict("too much output", "stop", "bad"),
    Status.CRASHED: Verdict("crashed", "stop", "bad"),
    Status.BLOCKED: Verdict(
        "forbidden call",
        "stop",
        "bad",
        "The code was stopped because it asked the system for something not allowed.",
    ),
    Status.INVALID: Verdict("not an answer", "cross", "bad"),
    Status.UNANSWERED: Verdict("not answered", "ring", "bad"),
    Status.NEEDS_REVIEW: Verdict("to be reviewed", "alert", "ours", "A person will look at this."),
    Status.GRADER_ERROR: Verdict(
        "grader failed",
        "alert",
        "ours",
        "The grader itself failed here. That is not your fault, and costs you nothing.",
    ),
}
SKIPPED = Verdict("not judged", "dash", "mute")

# What an instructor should look at first: ours, and what honest code seldom does.
OURS = (Status.GRADER_ERROR, Status.NEEDS_REVIEW)
LIST_WORTHY = (
    Status.GRADER_ERROR,
    Status.BLOCKED,
    Status.CRASHED,
    Status.TIMEOUT,
    Status.MEMORY,
    Status.OUTPUT_LIMIT,
)

ISOLATION_WORDS: dict[Isolation, str] = {
    Isolation.NOTHING_RUN: "there was no code to run",
    Isolation.FULL_CGROUP: "its own namespaces, Landlock, a system call filter, and hard limits of memory",
    Isolation.FULL: "its own namespaces, Landlock, a system call filter, and resource limits",
    Isolation.CONTAINER: "Landlock, a system call filter, and resource limits",
    Isolation.WEAK: "resource limits only",
    Isolation.NONE: "a process of its own, without a sandbox",
}


def of_question(question: QuestionGrade) -> Verdict:
    """Return the verdict on a question."""
    return VERDICTS[question.status]


def of_check(check: CheckGrade) -> Verdict:
    """Return the verdict on a check."""
    return SKIPPED if check.skipped or check.status is Status.MISSING else VERDICTS[check.status]


def is_pending(grade: QuestionGrade | CheckGrade) -> bool:
    """Whether there are no points because of us, which is not the same as no points."""
    return grade.status in OURS and not grade.score


def write_points(value: Fraction | float) -> str:
    """Write points with at most two decimals, more where these would look like another whole number."""
    return _written(float(value))


@lru_cache(maxsize=4096)
def _written(value: float) -> str:
    if value == int(value):
        return str(int(value))
    for decimals in range(2, 7):
        text = f"{value:.{decimals}f}".rstrip("0")
        if not text.endswith("."):
            return text
    return f"{value:.0f}"


def shown(evidence: Evidence, *, hidden_titles: bool) -> Evidence:
    """Return what a student may see: of a hidden case its title at most, since code may say its inputs anywhere.

    The judge leaves the rest empty already; a page must not depend on it.
    """
    if evidence.public:
        return evidence
    return Evidence(evidence.case if hidden_titles else "", public=False)


FIRST, LAST = 3, 9


def some_frames(frames: tuple[Frame, ...]) -> tuple[tuple[Frame, ...], int, tuple[Frame, ...]]:
    """Return the outermost and the innermost frames of a traceback, and how many lie between (a recursion)."""
    if len(frames) <= FIRST + LAST:
        return frames, 0, ()
    return frames[:FIRST], len(frames) - FIRST - LAST, frames[-LAST:]
