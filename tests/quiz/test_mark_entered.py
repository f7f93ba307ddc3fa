"""Numbers and formulas that were entered are held against their keys, and told why."""
# ruff: noqa: E501 (tables)

from fractions import Fraction

import pytest

from grader.model.outcome import Status
from grader.model.sheet import Band, FormulaKey, NumberKey
from grader.quiz.mark_formula import mark_formula
from grader.quiz.mark_number import mark_number

ONE, HALF, NOTHING = Fraction(1), Fraction(1, 2), Fraction(0)
TANH_HALF = NumberKey(
    value=0.46211715726000973,
    shown="0.4621",
    bands=(
        Band(0.46206715726, 0.46216715726, ONE),
        Band(0.457, 0.467, HALF, "Nearly."),
        Band(0.2448, 0.245, NOTHING, "Half the argument was taken.", "th-half"),
        Band(0.46, 0.47, NOTHING, "never told: the one before holds first"),
    ),
    digits=4,
)

NUMBERS = [
    # response, share, status, part of the message, feedback, misconception
    ("0.4621", ONE, Status.PASSED, "0.4621 is right.", "", ""),
    ("0,4621", ONE, Status.PASSED, "0,4621 is right.", "", ""),
    ("4.621e-1", ONE, Status.PASSED, "is right", "", ""),
    (0.46212, ONE, Status.PASSED, "0.46212 is right.", "", ""),
    ("0.462", HALF, Status.PARTIAL, "0.462 earns 50 % of the points: its digits are right, but 4 significant", "Nearly.", ""),
    ("0.4626", HALF, Status.PARTIAL, "0.4626 earns 50 % of the points.", "Nearly.", ""),
    ("0.468", NOTHING, Status.FAILED, "0.468 is not right.", "never told: the one before holds first", ""),
    ("0.2449", NOTHING, Status.FAILED, "0.2449 is not right.", "Half the argument was taken.", "th-half"),
    ("0.5", NOTHING, Status.FAILED, "0.5 is not right: its digits are right, but 4 significant ones", "", ""),
    ("0.6", NOTHING, Status.FAILED, "0.6 is not right.", "", ""),
    (1, NOTHING, Status.FAILED, "1 is not right.", "", ""),
    ("about a half", NOTHING, Status.INVALID, "This cannot be an answer: `about a half` is no number.", "", ""),
    (True, NOTHING, Status.INVALID, "`true` is no number", "", ""),
    ([0.4621], NOTHING, Status.INVALID, "a list or a mapping", "", ""),
    (None, NOTHING, Status.UNANSWERED, "no answer", "", ""),
    ("  ", NOTHING, Status.UNANSWERED, "no answer", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("response", "share", "status", "says", "feedback", "misconception"), NUMBERS)
def test_a_number_earns_what_the_first_band_that_holds_says(
    response, share, status, says, feedback, misconception
):
    judged = mark_number(TANH_HALF, response)
    assert (judged.share, judged.status) == (share, status)
    assert says in judged.message
    assert (judged.feedback, judged.misconception) == (feedback, misconception)


def test_both_ends_of_a_band_are_in_it_and_what_is_beyond_by_a_hair_is_not():
    key = NumberKey(0.5, "0.5", (Band(0.499, 0.501, ONE),))
    assert mark_number(key, "0.499").share == mark_number(key, "0.501").share == 1
    assert mark_number(key, "0.49899999999999").share == 0
    assert mark_number(key, "0.50100000000001").share == 0


def test_fewer_digits_than_asked_for_are_remarked_on_where_the_number_is_right():
    key = NumberKey(0.50001, "0.5000", (Band(0.49996, 0.50006, ONE),), digits=4)
    assert mark_number(key, "0.5").message == "0.5 is right. 4 significant digits were asked for; 1 was given."
    assert mark_number(key, "0.5000").message == "0.5000 is right."
    assert mark_number(key, 0.5).message == "0.5 is right.", "a float no longer knows how it was written"


def test_a_number_may_be_followed_by_its_unit():
    key = NumberKey(2.0, "2", (Band(2.0, 2.0, ONE),), units="bits")
    assert mark_number(key, "2 bits").share == 1
    assert mark_number(key, "2 bytes").status is Status.INVALID


DERIVATIVE = FormulaKey(
    "1 - y^2",
    {"y": ("-0.99", "0.99")},
    wrong=(("y*(1 - y)", "That is the derivative of the sigmoid.", "tg-sigmoid"), ("1 - y", "Square it.", "")),
)

FORMULAS = [
    ("1-y\u00b2", ONE, Status.PASSED, "`1-y\u00b2` is right.", "", ""),
    ("(1-y)(1+y)", ONE, Status.PASSED, "is right", "", ""),
    (r"$1-y^{2}$", ONE, Status.PASSED, "is right", "", ""),
    ("y - y^2", NOTHING, Status.FAILED, "`y - y^2` is not right.", "That is the derivative of the sigmoid.", "tg-sigmoid"),
    ("-(y-1)", NOTHING, Status.FAILED, "is not right", "Square it.", ""),
    ("1+y^2", NOTHING, Status.FAILED, "at y = 0.5 it has the value 1.25, and the right answer has 0.75.", "", ""),
    ("ln(y-2)", NOTHING, Status.FAILED, "at y = 0.5 it has no value, and the right answer has 0.75.", "", ""),
    ("1-y^2+1e-12", NOTHING, Status.FAILED, "it has the value 0.750000000001", "", ""),
    ("1-1/2y", NOTHING, Status.FAILED, "(it is read as `1 - 1/2*y`; `1/2y` is read from left to right", "", ""),
    (1, NOTHING, Status.FAILED, "`1` is not right", "", ""),
    ("1/(y-y)", NOTHING, Status.NEEDS_REVIEW, "for a person to say", "", ""),
    ("1-x^2", NOTHING, Status.INVALID, "`1-x^2` cannot be read as a formula: `x` is not known here", "", ""),
    ("1-y^", NOTHING, Status.INVALID, "it ends too early (at character 5).", "", ""),
    ("y" * 10**6, NOTHING, Status.INVALID, "longer than 400 characters", "", ""),
    (True, NOTHING, Status.INVALID, "a formula is asked for", "", ""),
    (["1-y^2"], NOTHING, Status.INVALID, "a formula is asked for", "", ""),
    (None, NOTHING, Status.UNANSWERED, "no answer", "", ""),
    ("", NOTHING, Status.UNANSWERED, "no answer", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("response", "share", "status", "says", "feedback", "misconception"), FORMULAS)
def test_a_formula_is_right_if_it_is_equal(response, share, status, says, feedback, misconception):
    judged = mark_formula(DERIVATIVE, response)
    assert (judged.share, judged.status) == (share, status), judged.message
    assert says in judged.message
    assert (judged.feedback, judged.misconception) == (feedback, misconception)


def test_the_point_that_is_shown_lies_within_the_ranges_and_has_few_digits():
    key = FormulaKey("f*c + i*g", dict.fromkeys("fcig", ("0.001", "0.002")))
    message = mark_formula(key, "f*c").message
    assert "at c = 0.001" in message or "at c = 0.002" in message or "c = 0.0015" in message, message
