"""From what a student handed in to the grades of a quiz's questions, each of the same kind as a function's.

    HandedIn ──► which sheet (variants) ──► each question posed ──► marked ──► decided by people ──► QuestionGrade

What a page shows beyond the grade stands beside it in ``Asked``. Nothing raises for anything that was handed in;
where marking itself fails, the question has the grader's own status.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grader.model.answers import Answers, HandedIn, Review
from grader.model.grade import CheckGrade, Misconception, QuestionGrade, SheetGrade
from grader.model.outcome import Status
from grader.model.question import Assessment, QuizItem
from grader.model.sheet import Pair, Posed
from grader.quiz.asked import Asked, without_text
from grader.quiz.marked import PartMark
from grader.quiz.names import Names
from grader.quiz.reading import is_empty, shown, written
from grader.quiz.variants import Answered, Variants
from grader.report.safe import clip

__all__ = ["QuizGrades", "grade_quiz", "ungraded"]

MOST_NOTES = 12
LONGEST = 300  # characters of an answer in a message
FOREIGN = "It is for another variant than this student's, and earns nothing until a person has looked at it."


@dataclass(frozen=True, slots=True)
class QuizGrades:
    """The quiz of one student."""

    grades: Mapping[str, QuestionGrade]
    asked: Mapping[str, Asked]
    notes: tuple[str, ...] = ()
    sheets: tuple[SheetGrade, ...] = ()


@dataclass(frozen=True, slots=True)
class _Given:
    """Answers of one source by the questions' ids, and the sheet that they are held against."""

    sheet: Answered
    responses: Mapping[str, Any]


def grade_quiz(
    assessment: Assessment, variants: Variants, student: str, handed_in: HandedIn, reviews: Sequence[Review] = ()
) -> QuizGrades:
    """Grade the questions of a quiz that an assessment holds."""
    if not assessment.quiz:
        return QuizGrades({}, {})
    names = Names(assessment.order)
    code_questions = {item.question.id for item in assessment.items}
    notes: list[str] = []
    given = [_given(variants, student, answers, names, code_questions, notes) for answers in handed_in.answers]
    given.sort(key=lambda one: not one.sheet.counts)
    grades: dict[str, QuestionGrade] = {}
    asked: dict[str, Asked] = {}
    would: dict[int, Fraction] = {}
    for item in assessment.quiz:
        name = item.question.id
        place, response = _response(name, given, notes)
        try:
            one = _ask(name, _sheet_of(name, student, place, given, variants), response, reviews)
            grades[name], asked[name] = _grade(assessment, item, one), one
            if place is not None:
                would[place] = would.get(place, Fraction(0)) + one.marked.earned * item.points
        except Exception as error:  # noqa: BLE001  a fault of ours on one question must not cost the others
            grades[name] = ungraded(item, f"The grader itself failed on this question ({type(error).__name__}).")
    sheets = tuple(_sheet(one.sheet, would.get(place, Fraction(0))) for place, one in enumerate(given))
    return QuizGrades(grades, asked, tuple(notes), sheets)


def ungraded(item: QuizItem, reason: str) -> QuestionGrade:
    """Return the grade of a question on which the grader failed: its own status, and no zero."""
    question = item.question
    check = CheckGrade("answer", "Your answer", Fraction(0), item.points, Status.GRADER_ERROR, reason)
    return QuestionGrade(
        question.id, question.kind, question.title, "", Fraction(0), item.points, Status.GRADER_ERROR, (check,),
        feedback=(reason,),
    )  # fmt: skip


def _given(
    variants: Variants,
    student: str,
    answers: Answers,
    names: Names,
    code_questions: Iterable[str],
    notes: list[str],
) -> _Given:
    """Find out which questions were answered, and on which sheet; say what belongs to none."""
    found, unknown, again = names.sorted(answers.responses)
    sheet = variants.sheet_of(student, answers)
    notes += [sheet.note.strip()] if sheet.note else []
    told = [
        *(f"{shown(name)} is no question of this assessment. {names.hint(name)}" for name in unknown),
        *(f"{shown(name)} names a question that was answered already; the first answer counts" for name in again),
        *(f"{name} is a function to write; its answer is a file" for name in code_questions if name in found),
    ]
    notes += [f"{answers.source}: {words}{'' if words.endswith('?') else '.'}" for words in told[:MOST_NOTES]]
    if len(told) > MOST_NOTES:
        notes.append(f"{answers.source}: and {len(told) - MOST_NOTES} more that belong to no question.")
    return _Given(sheet, {question: answers.responses[name] for question, name in found.items()})


def _response(name: str, given: Sequence[_Given], notes: list[str]) -> tuple[int | None, Any]:
    """Return which answers hold a response to a question, and the response; answers that count come first."""
    holding = [place for place, one in enumerate(given) if not is_empty(one.responses.get(name))]
    if not holding:
        return None, None
    first, *others = holding
    response = given[first].responses[name]
    for other in others:
        if given[other].responses[name] != response:
            here, there = given[first].sheet.answers.source, given[other].sheet.answers.source
            notes.append(f"{name} is answered in {here} and in {there}; the answer in {here} counts.")
    return first, response


def _sheet_of(name: str, student: str, place: int | None, given: Sequence[_Given], variants: Variants) -> Answered:
    """Return the sheet on which a question stood: the one that was answered, or the student's own."""
    if place is not None and name in given[place].sheet.source.items:
        return given[place].sheet
    counts = place is None or given[place].sheet.counts
    holding = [one.sheet for one in given if one.sheet.counts and name in one.sheet.source.items]
    if holding and counts:
        return holding[0]
    home = variants.home(name)
    own = home.own(student)
    return Answered(Answers("", ""), home, own, own, counts)


def _ask(name: str, sheet: Answered, response: Any, reviews: Sequence[Review]) -> Asked:
    from grader.quiz.marking import mark  # it takes long to import, and homework without a quiz needs none of it
    from grader.quiz.reviewed import decided

    posed = sheet.source.pose(name, sheet.code)
    marked = mark(posed, response)
    return Asked(posed, response, decided(posed, marked, reviews) if sheet.counts else marked, sheet.counts)


def _grade(assessment: Assessment, item: QuizItem, one: Asked) -> QuestionGrade:
    question, points = item.question, item.points
    if not one.counts:
        words = f"The answer is “{clip(written(one.response), LONGEST)}”. {FOREIGN}" if one.response else FOREIGN
        check = CheckGrade("answer", "Your answer", Fraction(0), points, Status.INVALID, words)
        return QuestionGrade(
            question.id, question.kind, one.posed.item.title, "", Fraction(0), points, Status.INVALID, (check,),
            feedback=(FOREIGN,),
        )  # fmt: skip
    topic = assessment.topic_of(question)
    parts = [part for part in one.marked.parts if part.share]
    betrayed = {
        name: without_text(one.posed, part.message) for part in reversed(parts) for name in part.misconceptions
    }
    return QuestionGrade(
        question.id,
        question.kind,
        one.posed.item.title,
        "",
        one.marked.earned * points,
        points,
        one.marked.status,
        tuple(_check(one.posed, part, points) for part in parts),
        tuple(Misconception(name, topic.says(name), words) for name, words in reversed(betrayed.items())),
        tuple(part.message for part in one.marked.parts if not part.share),
        tuple(dict.fromkeys(part.feedback for part in parts if part.feedback)),
    )


def _check(posed: Posed, part: PartMark, points: Fraction) -> CheckGrade:
    return CheckGrade(
        part.name, _says(posed, part.name), part.earned * points, part.share * points, part.status, part.message
    )


def _says(posed: Posed, name: str) -> str:
    """Name a part as a heading."""
    left = next((form.left for form in posed.item.forms if isinstance(form, Pair)), ())
    text = next((option.text for option in left if option.letter == name), "")
    if text:
        return f"{name}: {text}"
    return name.capitalize() if name.startswith("blank ") else f"Your {name}"


def _sheet(sheet: Answered, would_earn: Fraction) -> SheetGrade:
    return SheetGrade(sheet.source.assessment.id, sheet.code, sheet.own, sheet.counts, would_earn)
