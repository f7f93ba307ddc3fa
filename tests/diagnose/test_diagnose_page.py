"""The page asks first; where to look, what the code does and how to mend it are opened one after the other."""

import io
import re
from dataclasses import replace
from fractions import Fraction

import pytest

from grader.model.grade import Misconception, QuestionGrade, StudentGrade
from grader.model.outcome import Status
from grader.model.question import Hints
from grader.report.hints import within
from grader.report.page import student_page
from grader.report.terminal import console, show_check


def known(name, alike=""):
    return Misconception(
        name, f"{name} does", f"{name} evidence", f"{name} think", f"{name} look", f"{name} fix", alike
    )


def graded(question, *misconceptions):
    grade = QuestionGrade(
        question.id, "code", "t", "s", Fraction(0), Fraction(1), Status.FAILED, misconceptions=misconceptions
    )
    return StudentGrade("student", (grade,))


@pytest.fixture
def page(lab):
    def make(*misconceptions, hints=Hints.CORRECTION):
        _, question, _ = lab.question("lstm_cell")
        return student_page(graded(question, *misconceptions), replace(lab.assessment, hints=hints))

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


RUNGS = {
    Hints.QUESTION: ["think"],
    Hints.POINTER: ["think", "look"],
    Hints.CORRECTION: ["think", "look", "does", "evidence", "fix"],
}
MORE = "ore is shown"


@pytest.mark.parametrize("hints", Hints)
def test_the_page_holds_no_rung_that_the_assessment_does_not_allow(hints, page):
    """Not even folded away, and not of a second mistake or one that cannot be told apart."""
    html = page(known("one"), known("same", alike="one"), known("two"), hints=hints)
    everything = RUNGS[Hints.CORRECTION]
    for name in ("one", "two"):
        assert [part for part in everything if f"{name} {part}" in html] == RUNGS[hints]
    assert ("same does" in html) is (hints is Hints.CORRECTION)
    assert ("<code>one</code>" in html) is (hints is Hints.CORRECTION)
    assert (MORE in html) is (hints is not Hints.CORRECTION)
    assert html.count("<details") == html.count("</details>")


SAID = {Hints.QUESTION: ["think"], Hints.POINTER: ["think", "look"]}


@pytest.mark.parametrize("asked", Hints)
@pytest.mark.parametrize("hints", Hints)
def test_a_self_check_says_no_more_than_was_asked_for_and_than_the_page(hints, asked, lab):
    """In the terminal, where nothing can be unfolded, each rung is asked for."""
    grade = within(graded(lab.question("lstm_cell")[1], known("one"), known("same", alike="one")), hints)
    stream = io.StringIO()
    show_check(grade, console(stream), asked)
    said = " ".join(stream.getvalue().split())
    rungs = list(Hints)
    last = min(hints, asked, key=rungs.index)
    everything = ["think", "look", "does", "fix", "evidence"]
    assert [part for part in everything if f"one {part}" in said] == SAID.get(last, everything)
    assert ("same fix" in said) is (last is Hints.CORRECTION)
    further = rungs.index(asked) < rungs.index(hints)
    assert [rung.value for rung in rungs if f"--hints {rung.value}" in said] == (
        [rungs[rungs.index(asked) + 1].value] if further else []
    )
    assert (MORE in said) is (not further and last is not Hints.CORRECTION)
    told = grade.to_json("")["questions"][0]["misconceptions"]
    assert all({"id", "text", "evidence"} <= set(one) for one in told)
    if hints is not Hints.CORRECTION:
        assert told == [{"id": "", "text": "one think", "evidence": ""}]
