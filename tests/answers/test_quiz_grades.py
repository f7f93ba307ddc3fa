"""The quiz of one student: marks, variants, reviews, and what is said of everything that does not fit."""

import os
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.bank.load import load_assessment
from grader.model.answers import Answers, HandedIn, Review
from grader.model.grade import StudentGrade
from grader.model.outcome import Status
from grader.quiz.codes import code_for
from grader.quiz.grades import grade_quiz
from grader.quiz.reviewed import passages, text_digest
from grader.quiz.sheet import secret_of
from grader.quiz.variants import Variants

QUESTIONS = Path(__file__).parents[2] / "questions"
VARIANTS = 30


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory):
    """An assessment of every shipped question of a quiz, three points each."""
    ids = [
        f"{bank.parent.name}/{question['id']}"
        for bank in sorted(QUESTIONS.glob("*/bank*.yaml"))
        for question in yaml.safe_load(bank.read_text("utf-8"))["questions"]
        if question["kind"] != "code"
    ]
    file = tmp_path_factory.mktemp("every") / "every.yaml"
    picks = "".join(f"  - {{id: {name}, points: 3}}\n" for name in ids)
    file.write_text(f"title: Every\nseed: test\nquestions:\n{picks}")
    return load_assessment(file, Path(os.environ["XDG_CACHE_HOME"]))


def graded(assessment, student, *answers, reviews=(), any_variant=False):
    return grade_quiz(
        assessment, Variants(assessment, any_variant=any_variant), student, HandedIn(tuple(answers)), reviews
    )


def given_by(sheet, responses, source="answers.yaml") -> Answers:
    return Answers(sheet.assessment, sheet.variant, MappingProxyType(dict(responses)), source)


def test_right_answers_earn_full_marks_on_every_shipped_question_and_wrong_ones_do_not(every, sheet_of, made):
    assert len(every.quiz) >= 80
    for number in range(VARIANTS):
        student = f"student {number}"
        sheet = sheet_of(student, of=every)
        right = graded(every, student, given_by(sheet, made.responses(sheet)))
        wrong = graded(every, student, given_by(sheet, made.responses(sheet, made.wrong)))
        assert right.notes == wrong.notes == ()
        for posed in sheet.posed:
            good, bad = right.grades[posed.item.id], wrong.grades[posed.item.id]
            where = (posed.item.id, sheet.variant, made.response(posed, made.wrong), bad.checks)
            if made.has_text(posed):
                assert good.status is bad.status is Status.NEEDS_REVIEW, where
                assert good.score == 3 * sum(
                    share for key, share in zip(posed.key.forms, posed.key.shares, strict=True)
                    if not hasattr(key, "rubric")
                )  # fmt: skip
            else:
                assert (good.status, good.score) == (Status.PASSED, 3), (good.id, good.checks)
                assert bad.status is not Status.PASSED, where
            assert bad.score < 3, where
            assert sum(check.max_score for check in good.checks) == 3


def test_a_grade_says_what_was_chosen_what_is_said_of_it_and_which_belief_it_betrays(quiz, sheet_of):
    sheet = sheet_of("ada")
    posed = next(one for one in sheet.posed if one.item.id == "tanh/range")
    (key,) = posed.key.forms
    letter, belief = next(iter(key.misconceptions.items()))
    grade = graded(quiz, "ada", given_by(sheet, {"tanh/range": letter})).grades["tanh/range"]
    assert (grade.status, grade.score, grade.max_score) == (Status.FAILED, 0, 1)
    assert grade.checks[0].message.startswith(f"You chose {letter} (“")
    assert grade.feedback == (key.feedback[letter],)
    assert [one.id for one in grade.misconceptions] == [belief]
    topic = next(one for one in quiz.topics if one.name == "tanh")
    assert grade.misconceptions[0].text == topic.says(belief)
    assert grade.misconceptions[0].evidence == f"You chose {letter}, which is not right."


def test_what_was_not_answered_is_unanswered_whatever_else_was(quiz, sheet_of):
    nothing = graded(quiz, "ada")
    assert {grade.status for grade in nothing.grades.values()} == {Status.UNANSWERED}
    blank = graded(quiz, "ada", given_by(sheet_of("ada"), {"tanh/range": " ", "tanh/symmetry": ["", None, {}]}))
    assert {grade.status for grade in blank.grades.values()} == {Status.UNANSWERED}


def test_a_question_that_is_unknown_is_told_with_the_one_that_was_meant(quiz, sheet_of):
    made = graded(quiz, "ada", given_by(sheet_of("ada"), {"tanh/rnge": "A", "nothing/like/it": "B"}))
    assert made.notes[0] == (
        "answers.yaml: “tanh/rnge” is no question of this assessment. Did you mean `tanh/range`?"
    )
    assert "“nothing/like/it” is no question" in made.notes[1]


def test_the_short_name_of_a_question_is_enough_and_its_second_name_is_told(quiz, sheet_of, made):
    sheet = sheet_of("ada")
    right = made.responses(sheet)["tanh/range"]
    one = graded(quiz, "ada", given_by(sheet, {"Range": right, "tanh/range": "Z"}))
    assert one.grades["tanh/range"].status is Status.PASSED
    assert "names a question that was answered already; the first answer counts" in one.notes[0]


def test_answers_to_the_sheet_of_another_student_earn_nothing_and_are_all_kept(quiz, sheet_of, made):
    friend = sheet_of("friend")
    own = sheet_of("ada").variant
    copied = graded(quiz, "ada", given_by(friend, made.responses(friend)))
    assert sum(grade.score for grade in copied.grades.values()) == 0
    assert {grade.status for grade in copied.grades.values()} == {Status.INVALID}
    words = f"answers.yaml: these answers are for the variant {friend.variant}; this student's is {own}. "
    assert copied.notes == (f"{words}They are kept, and earn nothing until a person has looked at them.",)
    (sheet,) = copied.sheets
    assert (sheet.variant, sheet.own, sheet.counts) == (friend.variant, own, False)
    theirs = graded(quiz, "friend", given_by(friend, made.responses(friend)))
    assert sheet.would_earn == sum(grade.score for grade in theirs.grades.values()) > 40
    number = made.responses(friend)["tanh/value_by_hand"]
    assert f"The answer is “{number}”." in copied.grades["tanh/value_by_hand"].checks[0].message
    assert copied.asked["tanh/value_by_hand"].response == number
    allowed = graded(quiz, "ada", given_by(friend, made.responses(friend)), any_variant=True)
    assert sum(grade.score for grade in allowed.grades.values()) == sheet.would_earn
    assert allowed.sheets[0].counts


def test_a_numbered_variant_counts_for_everybody(quiz, sheet_of, made):
    sheet = sheet_of(code=code_for(secret_of(quiz), "quiz", "999"))
    one = graded(quiz, "ada", given_by(sheet, made.responses(sheet)))
    assert one.grades["tanh/symmetry"].status is Status.PASSED
    assert one.notes == ()
    beyond = sheet_of(code=code_for(secret_of(quiz), "quiz", "1000"))
    assert graded(quiz, "ada", given_by(beyond, made.responses(beyond))).sheets[0].counts is False


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "answers.yaml: no variant is named. The answers are held against this student's own variant, "),
        ("K7QF-2M9", "answers.yaml: 'K7QF-2M9' is no variant code. The answers are held against"),
        ("<b>\x1b[31m", "is no variant code"),
    ],
)
def test_a_code_that_cannot_be_read_costs_nothing(code, words, quiz, sheet_of, made):
    sheet = sheet_of("ada")
    answers = Answers("quiz", code, made.responses(sheet), "answers.yaml")
    one = graded(quiz, "ada", answers)
    assert one.grades["tanh/symmetry"].status is Status.PASSED
    assert words in one.notes[0]


def test_a_mistyped_code_is_told_and_the_answers_count_on_the_own_sheet(quiz, sheet_of, made):
    sheet = sheet_of("ada")
    typed = sheet.variant[:-1] + ("A" if sheet.variant[-1] != "A" else "B")
    one = graded(quiz, "ada", Answers("quiz", typed, made.responses(sheet), "answers.yaml"))
    assert one.grades["tanh/symmetry"].status is Status.PASSED
    assert "is mistyped: its last sign does not fit the others" in one.notes[0]


def test_of_two_answers_the_table_counts_and_the_other_is_told(quiz, sheet_of, made):
    sheet = sheet_of("ada")
    right = made.responses(sheet)["tanh/range"]
    wrong = next(letter for letter in "ABC" if letter != right)
    first, second = (
        given_by(sheet, {"tanh/range": right}, "class.csv, line 2"),
        given_by(sheet, {"tanh/range": wrong}),
    )
    one = graded(quiz, "ada", first, second)
    assert one.grades["tanh/range"].status is Status.PASSED
    assert one.notes == (
        "tanh/range is answered in class.csv, line 2 and in answers.yaml; the answer in class.csv, line 2 counts.",
    )


def test_answers_that_count_come_before_those_to_another_sheet(quiz, sheet_of, made):
    friend, own = sheet_of("friend"), sheet_of("ada")
    one = graded(quiz, "ada", given_by(friend, made.responses(friend), "class.csv, line 2"),
                 given_by(own, {"tanh/range": made.responses(own)["tanh/range"]}))  # fmt: skip
    assert one.grades["tanh/range"].status is Status.PASSED
    assert one.grades["tanh/symmetry"].status is Status.INVALID


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory):
    """A course that includes a quiz with a secret of its own, and has a question beside it."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "week").mkdir()
    (folder / "week" / "course.secret").write_text("another secret")
    (folder / "week" / "small.yaml").write_text(
        "title: Small\nseed: small\nquestions:\n  - {id: tanh/value_by_hand, points: 2}\n"
        "  - {id: tanh/range, points: 1}\n"
    )
    (folder / "course.yaml").write_text(
        "title: Course\nseed: course\ninclude: [week/small.yaml]\nquestions:\n  - {id: tanh/symmetry, points: 3}\n"
    )
    return load_assessment(folder / "course.yaml", Path(os.environ["XDG_CACHE_HOME"]))


def test_answers_are_held_against_the_sheet_that_they_name_the_course_or_what_it_includes(course, sheet_of, made):
    (small,) = course.included
    assert (small.id, small.order) == ("small", ("tanh/value_by_hand", "tanh/range"))
    assert course.order == ("tanh/value_by_hand", "tanh/range", "tanh/symmetry")
    for of in (course, small):
        sheet = sheet_of("ada", of=of)
        one = graded(course, "ada", given_by(sheet, made.responses(sheet)))
        assert one.notes == ()
        assert {name for name, grade in one.grades.items() if grade.status is Status.PASSED} == set(of.order)
        assert one.sheets[0].assessment == of.id
    both = [
        given_by(sheet, made.responses(sheet)) for sheet in (sheet_of("ada", of=small), sheet_of("ada", of=course))
    ]
    assert {grade.status for grade in graded(course, "ada", *both).grades.values()} == {Status.PASSED}


def test_a_sheet_that_is_not_named_is_found_by_its_code(course, sheet_of, made):
    sheet = sheet_of("ada", of=course.included[0])
    one = graded(course, "ada", Answers("", sheet.variant, made.responses(sheet), "answers.yaml"))
    assert one.grades["tanh/value_by_hand"].status is Status.PASSED
    odd = graded(course, "ada", Answers("homework", sheet.variant, made.responses(sheet), "answers.yaml"))
    assert odd.grades["tanh/value_by_hand"].status is Status.PASSED
    assert odd.notes == (
        "answers.yaml: “homework” is no quiz here (there is `course`, `small`); it was read as `small`.",
    )


def test_a_review_gives_the_shares_of_the_points_that_were_ticked(quiz, sheet_of):
    sheet, name = sheet_of("ada"), "tanh/lstm_training"
    posed = next(one for one in sheet.posed if one.item.id == name)
    rubric = posed.key.forms[0].rubric
    answers = given_by(sheet, {name: "  A text\r\nof two lines. "})
    waiting = graded(quiz, "ada", answers)
    assert waiting.grades[name].status is Status.NEEDS_REVIEW
    (passage,) = passages(posed, waiting.asked[name].marked)
    assert (passage.text, passage.rubric, passage.share) == ("A text\nof two lines.", rubric, 1)
    assert passage.digest == text_digest("A text\nof two lines.")
    some = Review(name, "answer", passage.digest, (rubric[0].id,), "Say *why*.")
    one = graded(quiz, "ada", answers, reviews=(some,)).grades[name]
    assert (one.status, one.score) == (Status.PARTIAL, 4 * rubric[0].share)
    assert one.feedback == ("Say *why*.",)
    assert f"1 of the {len(rubric)} points" in one.checks[0].message
    every = Review(name, "answer", passage.digest, tuple(point.id for point in rubric))
    assert graded(quiz, "ada", answers, reviews=(every,)).grades[name].status is Status.PASSED
    none = graded(quiz, "ada", answers, reviews=(Review(name, "answer", passage.digest, ()),)).grades[name]
    assert (none.status, none.score) == (Status.FAILED, 0)


def test_a_review_of_another_text_or_rubric_is_kept_but_the_text_waits_again_and_says_so(quiz, sheet_of):
    sheet, name = sheet_of("ada"), "tanh/lstm_training"
    old = Review(name, "answer", text_digest("an old text"), ())
    one = graded(quiz, "ada", given_by(sheet, {name: "a new text"}), reviews=(old,)).grades[name]
    assert (one.status, one.score) == (Status.NEEDS_REVIEW, 0)
    assert one.checks[0].message == (
        "This text is not the one that a person marked before: it waits to be marked again."
    )
    gone = Review(name, "answer", text_digest("a new text"), ("no-such-point",))
    one = graded(quiz, "ada", given_by(sheet, {name: "a new text"}), reviews=(gone,)).grades[name]
    assert one.status is Status.NEEDS_REVIEW
    assert "The rubric has changed" in one.checks[0].message


def test_a_reason_is_reviewed_beside_its_choice(quiz, sheet_of, made):
    sheet, name = sheet_of("ada"), "tanh/reaches_one"
    posed = next(one for one in sheet.posed if one.item.id == name)
    right = made.response(posed, made.right)
    answers = given_by(sheet, {name: right})
    half = graded(quiz, "ada", answers).grades[name]
    assert (half.status, half.score) == (Status.NEEDS_REVIEW, 2 * posed.key.shares[0])
    points = tuple(point.id for point in posed.key.forms[1].rubric)
    review = Review(name, "reason", text_digest(right["reason"]), points)
    assert graded(quiz, "ada", answers, reviews=(review,)).grades[name].score == 2


def test_foreign_answers_are_not_for_review(quiz, sheet_of):
    friend = sheet_of("friend")
    one = graded(quiz, "ada", given_by(friend, {"tanh/lstm_training": "a text"}))
    assert one.grades["tanh/lstm_training"].status is Status.INVALID


LEAVES = st.sampled_from(["A", "B", "1", "nan", "9**9**9", "[", "=1+1"])
NAMES = st.text(max_size=6) | st.sampled_from(["1", "2", "choice", "reason"])
TREES = st.recursive(
    st.none() | st.text(max_size=30) | st.integers().map(str) | LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=40)
@given(data=st.data())
def test_no_answer_raises_and_none_is_lost(data, quiz, sheet_of):
    sheet = sheet_of("ada")
    responses = {one.item.id: data.draw(TREES) for one in sheet.posed}
    made = graded(quiz, "ada", given_by(sheet, responses))
    grade = StudentGrade("ada", tuple(made.grades.values()), made.notes)
    assert grade.is_graded
    for name, response in responses.items():
        assert made.asked[name].response in (response, None)
        assert 0 <= made.grades[name].score <= made.grades[name].max_score
        assert made.grades[name].score == sum((check.score for check in made.grades[name].checks), Fraction(0))
