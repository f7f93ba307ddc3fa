"""The page of one student: what is right, what is not, on which input, and what came back instead.

Everything that a template needs is laid out here as plain values, so that templates hold words and no logic.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from grader.model.grade import QuestionGrade, StudentGrade
from grader.model.outcome import Status
from grader.model.question import Assessment
from grader.report.asked import AskedView
from grader.report.environment import fill
from grader.report.hints import within
from grader.report.markdown import markdown_html
from grader.report.plot import Picture, draw_curve
from grader.report.telling import Telling, tellings
from grader.report.verdict import Verdict, is_pending, of_question

__all__ = ["QuestionView", "sentence_of", "student_page"]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as its template shows it."""

    grade: QuestionGrade
    verdict: Verdict
    is_pending: bool  # the grader itself failed: no points yet, which is not the same as none
    anchor: str
    prompt: Markup
    tellings: tuple[Telling, ...]
    right: int  # checks that passed
    picture: Picture | None
    asked: AskedView | None = None  # of a quiz


NOTHING_ASKED: Mapping[str, AskedView] = MappingProxyType({})


def student_page(
    grade: StudentGrade, assessment: Assessment, asked: Mapping[str, AskedView] = NOTHING_ASKED
) -> str:
    """Return a student's page as one HTML file that needs nothing else; ``asked`` is what it shows of a quiz.

    Raises InputError for a wrong template.
    """
    grade = within(grade, assessment.hints)
    prompts = {item.question.id: item.question.prompt for item in assessment.items}
    told = tellings(grade, hidden_titles=assessment.show_hidden_titles)
    questions = tuple(
        _question(question, index, prompts.get(question.id, ""), ones, asked.get(question.id))
        for index, (question, ones) in enumerate(zip(grade.questions, told, strict=True), start=1)
    )
    values = {
        "assessment": assessment,
        "introduction": markdown_html(assessment.introduction, top=2),
        "grade": grade,
        "questions": questions,
        "share": share(grade),
        "sentence": sentence_of(grade),
        "has_code": bool(assessment.items),
        "has_quiz": bool(assessment.quiz),
    }
    return fill("report/student.html.j2", assessment.folder, values)


def share(grade: StudentGrade) -> int:
    """Return the score in percent, rounded down: 100 is all of it."""
    return int(grade.score * 100 / grade.max_score) if grade.max_score else 0


def sentence_of(grade: StudentGrade) -> str:
    """Say in one sentence how many questions ended how."""
    counts: dict[str, int] = {}
    for question in grade.questions:
        word = _GROUPS.get(question.status, "not right yet")
        counts[word] = counts.get(word, 0) + 1
    total = len(grade.questions)
    if not total:
        return "There are no questions."
    if counts.get("right") == total:
        return "Everything is right." if total > 1 else "It is right."
    ordered = [f"{counts[word]} {word}" for word in _ORDER if word in counts]
    return f"Of {total} {'questions' if total > 1 else 'question'}: {', '.join(ordered)}."


_GROUPS = {
    Status.PASSED: "right",
    Status.PARTIAL: "partly right",
    Status.MISSING: "not found",
    Status.UNANSWERED: "not answered",
    Status.NEEDS_REVIEW: "to be reviewed",
    Status.GRADER_ERROR: "on which the grader itself failed",
}
_ORDER = ("right", "partly right", "not right yet", *list(_GROUPS.values())[2:])


def _question(
    question: QuestionGrade, index: int, prompt: str, told: tuple[Telling, ...], asked: AskedView | None
) -> QuestionView:
    anchor = f"q{index}-{_ODD.sub('-', question.id.lower()).strip('-')}"
    picture = None
    if question.curve is not None and question.status is not Status.PASSED:
        picture = draw_curve(question.curve, title=question.signature, ident=f"{anchor}-picture")
    return QuestionView(
        grade=question,
        verdict=of_question(question),
        is_pending=is_pending(question),
        anchor=anchor,
        prompt=markdown_html(prompt),
        tellings=told,
        right=sum(check.is_passed for check in question.checks),
        picture=picture,
        asked=asked,
    )


_ODD = re.compile("[^a-z0-9]+")
