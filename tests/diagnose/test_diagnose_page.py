"""The page asks first; where to look, what the code does and how to mend it are opened one after the other."""

import re
from fractions import Fraction

import pytest

from grader.model.grade import Misconception, QuestionGrade, StudentGrade
from grader.model.outcome import Status
from grader.report.page import student_page


def known(name, alike=""):
    return Misconception(
        name, f"{name} does", f"{name} evidence", f"{name} think", f"{name} look", f"{name} fix", alike
    )


@pytest.fixture
def page(lab):
    def make(*misconceptions):
        _, question, _ = lab.question("lstm_cell")
        grade = QuestionGrade(
            question.id, "code", "t", "s", Fraction(0), Fraction(1), Status.FAILED, misconceptions=misconceptions
        )
        return student_page(StudentGrade("student", (grade,)), lab.assessment)

    return make


def depth(html, words):
    """Return how many unopened details hide some words."""
    before = html[: html.index(words)]
    return len(re.findall("<details", before)) - before.count("</details>")


def test_only_the_question_is_open(page):
    html = page(known("one"))
    assert depth(html, "one think") == 0
    assert [depth(html, f"one {part}") for part in ("look", "does", "evidence", "fix")] == [1, 2, 2, 3]


def test_a_second_mistake_is_one_step_further(page):
    html = page(known("one"), known("two"))
    assert depth(html, "two think") == 1
    assert html.count("<details") == html.count("</details>")


def test_what_cannot_be_told_apart_stands_with_the_first(page):
    html = page(known("one"), known("other", alike="one"))
    assert "other think" not in html
    assert depth(html, "other does") == 2
    assert depth(html, "other fix") == 3
