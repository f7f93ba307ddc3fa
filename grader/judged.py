"""What a grade and its page depend on besides what was handed in, as digests; and which grades are out of date."""

import hashlib
from collections.abc import Iterable, Sequence

from grader.engine import engine_digest
from grader.model.answers import Review
from grader.model.key import AnswerKey
from grader.model.question import Assessment
from grader.quiz.sheet import secret_of
from grader.report.environment import templates_digest
from grader.store import Gradebook

__all__ = ["judged_digest", "judged_for", "outdated"]


def judged_digest(assessment: Assessment, key: AnswerKey, *, any_variant: bool = False) -> str:
    """Return the digest of all that a grade and its page depend on besides what the student handed in."""
    secrets = [(one.id, secret_of(one)) for one in (assessment, *assessment.included)] if assessment.quiz else ()
    parts = (
        engine_digest(),
        key.digest,
        assessment.title,
        assessment.introduction,
        assessment.show_hidden_titles,
        assessment.hints,
        assessment.show_solutions,
        tuple((item.question.id, item.points) for item in assessment.picked),
        secrets,
        any_variant,
        tuple(topic.digest for topic in assessment.topics),
        templates_digest(assessment.folder),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def judged_for(judged: str, table: str, reviews: Sequence[Review]) -> str:
    """Return the digest for one student: of that, of what came in tables, and of what people decided."""
    if not table and not reviews:
        return judged
    parts = repr((judged, table, tuple(reviews)))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()


def outdated(book: Gradebook, students: Iterable[str], judged: str) -> list[str]:
    """Return the students whose grades were made by another state of the assessment, or of this program.

    Where the grader itself failed there is no grade that could be out of date.
    """
    known = book.digests()
    found: list[str] = []
    for student in students:
        digests, is_done, _ = known[student]
        handed_in = book.handed_in(student)
        wanted = judged_for(judged, handed_in.table if handed_in else "", book.reviews(student))
        if is_done and digests.judged != wanted:
            found.append(student)
    return found
