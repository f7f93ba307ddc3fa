"""A question for a number: its tolerances, its nearly right and telling wrong values, and what is wrong with it."""
# ruff: noqa: E501 (tables)

import math
from fractions import Fraction

import mpmath
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from grader.bank.load import load_topic
from grader.errors import BankError
from grader.kinds.registry import kind_of
from grader.kinds.tolerance import Tolerance, band_around, down, shown, up
from grader.kinds.variant import Variant, draw
from grader.numerics.draws import Stream
from grader.numerics.formula import ball
from grader.quiz.mark_number import mark_number

QUESTION = {
    "id": "value",
    "kind": "numeric",
    "title": "A value",
    "objective": "Work it out.",
    "bloom": "apply",
    "prompt": "What is $\\tanh([[a]])$?",
    "solution": "It is [[tanh(a):.4f]].",
    "parameters": {"a": {"from": 0.3, "to": 2.5, "step": 0.1}},
    "answer": "tanh(a)",
    "tolerance": {"digits": 4},
    "partial": [{"tolerance": {"digits": 2}, "share": 50, "feedback": "Nearly: [[tanh(a):.4f]]."}],
    "wrong": [{"answer": "tanh(a/2)", "feedback": "Half of [[a]].", "misconception": "half"}],
    "units": "V",
    "hint": "in radians",
}


@pytest.fixture
def load(tmp_path):
    def loaded(**changes):
        folder = tmp_path / "demo"
        folder.mkdir(exist_ok=True)
        (folder / "reference.py").touch()
        question = {key: value for key, value in {**QUESTION, **changes}.items() if value is not None}
        bank = {"topic": "demo", "title": "Demo", "beliefs": {"half": "It halves."}, "questions": [question]}
        (folder / "bank.yaml").write_text(yaml.safe_dump(bank, allow_unicode=True, sort_keys=False))
        return load_topic(folder).quiz[0]

    return loaded


def posed(question, name="1"):
    return kind_of(question.kind).pose(question, draw(question, Stream.of(b"s", name)), Fraction(3))


def test_an_item_asks_for_digits_and_units_and_its_key_follows_from_what_is_drawn(load):
    question = load()
    for name in "123456":
        one = posed(question, name)
        (form,), (key,) = one.item.forms, one.key.forms
        drawn = one.item.prompt.removeprefix("What is $\\tanh(").removesuffix(")$?")
        assert (form.what, form.hint) == ("number", "in radians, 4 significant digits, in V")
        assert key.value == float(mpmath.tanh(mpmath.mpf(drawn)))
        assert (key.digits, key.units) == (4, "V")
        assert key.shown == f"{key.value:.4g}".ljust(6, "0")
        assert one.key.solution == f"It is {key.value:.4f}."
        assert mark_number(key, key.shown).share == 1
        nearly = mark_number(key, f"{key.value:.2g}")
        assert (nearly.share, nearly.feedback) == (Fraction(1, 2), f"Nearly: {key.value:.4f}.")
        half = mark_number(key, f"{math.tanh(float(drawn) / 2):.6f}")
        assert (half.share, half.feedback, half.misconception) == (0, f"Half of {drawn}.", "half")


def test_the_rule_is_said_in_words(load):
    rule = posed(load()).key.rule
    assert rule.startswith(
        "A number that is right to 4 significant digits (within half a unit of the last) earns all"
    )
    assert rule.endswith("2 significant digits (within half a unit of the last) 50 %; any other none.")
    exact = posed(load(tolerance={"absolute": 0}, partial=None)).key.rule
    assert exact == "A number that is exactly the value earns all points, any other none."
    part = posed(load(tolerance={"relative": 0.01}, partial=None)).key.rule
    assert part == "A number within 1 % of the value earns all points, any other none."


@pytest.mark.parametrize(
    ("changes", "right", "wrong"),
    [
        ({"answer": 2, "tolerance": {"absolute": 0}}, ["2", "2.0", "4/2"], ["2.0000001", "1.999999"]),
        ({"answer": "1/2", "tolerance": {"absolute": 0.001}}, ["0.499", "0.501", "0.5"], ["0.4989", "0.5011"]),
        ({"answer": "-1/2", "tolerance": {"absolute": 0.001}}, ["-0.499", "-0.501"], ["-0.4989", "0.5"]),
        ({"answer": 200, "tolerance": {"relative": 0.01}}, ["198", "202"], ["197.9", "202.1"]),
        ({"answer": -200, "tolerance": {"relative": "1/100"}}, ["-198", "-202"], ["-197.9", "202"]),
        ({"answer": "tanh(1/2)", "tolerance": {"digits": 4}}, ["0.4621", "0.46212", "0.46216"], ["0.462", "0.4622", "0.4620"]),
        ({"answer": "2/3", "tolerance": {"digits": 3}}, ["0.667", "0.6667"], ["0.666", "0.66", "0.668"]),
        ({"answer": "0.99996", "tolerance": {"digits": 4}}, ["1.000", "1", "1.00001"], ["0.9999", "1.001"]),
        ({"answer": 1000, "tolerance": {"digits": 2}}, ["1000", "1050", "950"], ["1051", "949"]),
        ({"answer": "1/2", "tolerance": None, "ranges": [[0, 1], [2, "1+2"]]}, ["0", "1", "2", "3", "2.5"], ["1.5", "-0.1", "3.1"]),
    ],
)  # fmt: skip
def test_a_number_on_the_edge_is_right_and_one_beyond_is_not(load, changes, right, wrong):
    key = posed(load(**{"partial": None, "wrong": None, **changes})).key.forms[0]
    assert [one for one in right if mark_number(key, one).share != 1] == []
    assert [one for one in wrong if mark_number(key, one).share == 1] == []


@given(st.fractions(min_value=Fraction(1, 10**6), max_value=10**6), st.integers(1, 8), st.booleans())
def test_what_is_rounded_right_to_the_digits_asked_for_is_right(number, digits, negative):
    """The oracle is Python's own formatting of the exact number."""
    from decimal import ROUND_HALF_UP, Context, Decimal

    value = -number if negative else number
    rounded = Context(prec=digits, rounding=ROUND_HALF_UP).divide(
        Decimal(value.numerator), Decimal(value.denominator)
    )
    variant = Variant(Stream(b""), {}, {"v": ball(value)})
    (band,) = band_around(Tolerance("digits", str(digits)), "v", variant, Fraction(1))
    assert Fraction(band.low) <= Fraction(rounded) <= Fraction(band.high)
    step = Fraction(Decimal(1).scaleb(rounded.adjusted() - digits + 1))
    assert not Fraction(band.low) <= Fraction(rounded) + 2 * step <= Fraction(band.high)


@given(st.fractions(max_denominator=10**9))
def test_ends_are_rounded_outwards_by_less_than_the_next_float(number):
    low, high = down(number), up(number)
    assert Fraction(low) <= number <= Fraction(high)
    assert high in (low, math.nextafter(low, math.inf))


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [("1/2", 4, "0.5000"), ("1234", 3, "1.23e+03"), ("12", 2, "12"), ("2", 0, "2"), ("1/3", 0, "0.333333"), ("-7", 0, "-7")],
)  # fmt: skip
def test_the_right_number_is_shown_as_it_was_asked_for(value, digits, written):
    tolerance = Tolerance("digits", str(digits)) if digits else Tolerance("absolute", "0.1")
    assert shown(value, tolerance, Variant(Stream(b""), {}, {})) == written


FAULTS = [
    ({"tolerance": None}, "which numbers are right is said by either `tolerance` or `ranges`"),
    ({"ranges": [[0, 1]]}, "which numbers are right is said by either `tolerance` or `ranges`"),
    ({"tolerance": {}}, "a tolerance is one of absolute, relative, digits; here are none"),
    ({"tolerance": {"digits": 3, "absolute": 1}}, "a tolerance is one of absolute, relative, digits; here are 2"),
    ({"tolerance": {"digits": 0}}, "`digits` is 0"),
    ({"tolerance": {"digits": 16}}, "`digits` is 16"),
    ({"tolerance": {"absolute": -1}}, "`absolute` is -1"),
    ({"tolerance": {"relative": "b"}}, "`b` is no formula"),
    ({"tolerance": None, "ranges": [[0]]}, "an interval has two ends"),
    ({"tolerance": None, "ranges": [[0, "c"]]}, "`c` is no formula"),
    ({"answer": "tanh(b)"}, "`tanh(b)` is no formula: `b` is not known here"),
    ({"answer": None}, "a numeric needs `answer`"),
    ({"answer": True}, "`answer` is true"),
    ({"partial": [{"share": 50}]}, "which numbers are right is said by either"),
    ({"partial": [{"tolerance": {"digits": 1}, "share": 100}]}, "`share` is 100: what earns everything is right"),
    ({"partial": [{"tolerance": {"digits": 1}, "share": 50, "feedback": "[[q]]"}]}, "'q' is not a value"),
    ({"wrong": [{"answer": "sinh(", "feedback": "no"}]}, "`sinh(` is no formula"),
    ({"wrong": [{"answer": "1"}]}, "a wrong answer needs `feedback`"),
    ({"wrong": [{"answer": "1", "feedback": "[[q]]"}]}, "'q' is not a value"),
    ({"wrong": [{"answer": "1", "feedback": "no", "misconception": "hal"}]}, "'hal' is not a misconception"),
    ({"unit": "V"}, "`unit` is not a key of a numeric"),
]


@pytest.mark.parametrize(("changes", "says"), FAULTS)
def test_what_is_wrong_with_the_question_is_told_with_its_place(load, changes, says):
    with pytest.raises(BankError) as caught:
        load(**changes)
    found = [one for one in caught.value.complaints if says in one.message]
    assert found, str(caught.value)
    assert found[0].place.line > 0


def test_the_rule_for_students_says_nothing_of_the_number(load):
    """Intervals, and tolerances that depend on what is drawn, stand in the key's rule only."""
    asked = posed(
        load(tolerance=None, ranges=[[0.9, 1]], partial=[{"tolerance": {"absolute": "a/7"}, "share": 25}])
    )
    assert asked.item.rule == (
        "A number that is near enough earns all points; that is nearly right 25 %; any other none."
    )
    assert "from 0.9 to 1 earns" in asked.key.rule
    fixed = posed(load(tolerance={"absolute": "1/8"}, partial=None))
    assert (
        fixed.item.rule == fixed.key.rule == "A number within 0.125 of the value earns all points, any other none."
    )
