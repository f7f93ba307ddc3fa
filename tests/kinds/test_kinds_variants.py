"""What depends on what was drawn: what is worth how much, what cannot be decided, and figures."""

import math
import re
from contextlib import nullcontext
from fractions import Fraction
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.bank.load import load_topic
from grader.kinds.choices import Choice, Choices, pose_choices
from grader.kinds.variant import Variant, VariantError, decide
from grader.numerics.draws import Stream
from grader.numerics.formula import ball


def variant(**numbers):
    values = {name: Fraction(str(number)) for name, number in numbers.items()}
    return Variant(Stream.of(b"tests"), values, {name: ball(number) for name, number in values.items()})


@settings(max_examples=40)
@given(right=st.integers(1, 5), wrong=st.integers(1, 6))
def test_several_right_choices_share_the_points_and_wrong_ones_take_as_much(right, wrong):
    every = tuple(Choice(f"{n}", n < right) for n in range(right + wrong))
    _, key = pose_choices(Choices(every, 0, keep_order=False), variant(), several=True)
    assert sorted(key.shares.values()) == [Fraction(-1, right)] * wrong + [Fraction(1, right)] * right


def test_one_right_choice_has_all_points_and_a_wrong_one_none():
    every = tuple(Choice(f"{n}", n == 2) for n in range(4))
    _, key = pose_choices(Choices(every, 0, keep_order=True), variant(), several=False)
    assert dict(key.shares) == {"A": 0, "B": 0, "C": 1, "D": 0}


@settings(max_examples=40)
@given(number=st.integers(0, 10**6), show=st.integers(2, 6))
def test_wrong_choices_are_drawn_from_the_pool_and_the_right_one_stays(number, show):
    every = tuple(Choice(f"{n}", n == 3) for n in range(6))
    drawn = Variant(Stream.of(b"tests", str(number)), {}, {})
    form, key = pose_choices(Choices(every, show, keep_order=False), drawn, several=False)
    assert len(form.options) == show
    assert [option.text for option in form.options if option.letter in key.right] == ["3"]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("a < b", True),
        ("a >= b", False),
        ("a != b", True),
        ("a^2 <= b", True),
        ("2*a != b", False),
        ("a > a", False),
    ],
)
def test_a_comparison_is_decided(condition, holds):
    assert decide(variant(a=1, b=2), condition) is holds


@pytest.mark.parametrize("condition", ["tanh(a)^2 + sech(a)^2 < 1", "tanh(a)^2 + sech(a)^2 != 1", "1/(b - b) > 0"])
def test_what_cannot_be_decided_is_no_variant(condition):
    with pytest.raises(VariantError):
        decide(variant(a=1, b=2), condition)


def spoiled(tmp_path, text, name, old, new):
    """Load one question of a bank in which something was changed."""
    assert old in text
    (tmp_path / "gates").mkdir()
    (tmp_path / "gates" / "bank.yaml").write_text(text.replace(old, new, 1), "utf-8")
    topic = load_topic(tmp_path / "gates")
    return next(question for question in topic.quiz if question.id == f"gates/{name}")


TOLD = [
    ("by_value", "value: a + 1}", "value: tanh(a)}", "`tanh(a)` and `tanh(a)` have no order here"),
    ("by_value", "value: a + 1}", "value: 1/(a - a)}", "have no order here"),
    (
        "peak",
        "A bell-shaped curve with its peak over",
        "A curve with its peak of [[2 * k / 2]] over",
        "the answer in it",
    ),
    (
        "peak",
        "A bell-shaped curve with its peak over",
        "A curve with its peak of [[k + 0.1:.1f]] over",
        "the answer in it",
    ),
    ("peak", "formula: k * sech(k * x)^2", "formula: d * sech(k * x)^2", "the figure shows nothing"),
    ("peak", "      x: [-2, 2]\n      y", "      x: [2, -2]\n      y", "the figure goes from 2 to -2"),
    (
        "roles",
        "others: [says how fast is learned]",
        "show: 2",
        "all pairs that are shown have the same right side",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "words"), TOLD)
def test_a_variant_that_cannot_be_asked_is_told(name, old, new, words, gates_text, tmp_path, pose):
    text = gates_text.replace(
        "      k: {from: 2, to: 6}\n", "      k: {from: 2, to: 6}\n    derived: {d: 1/(k - k)}\n"
    )
    if name == "roles":
        text = text.replace(
            "{left: $g_t$, right: is what is written}", "{left: $g_t$, right: says how much is written}"
        )
    question = spoiled(tmp_path, text, name, old, new)
    with pytest.raises(VariantError, match=re.escape(words)):
        list(map(partial(pose, question), range(20)))


@pytest.mark.parametrize(
    ("says", "is_told"),
    [
        ("Two curves; curve II is the derivative of tanh.", True),
        ("Two curves; curve I is the higher one.", True),
        ("Two curves, curve I and curve II, and both are bells.", False),
        ("Two curves, I and II.", False),
    ],
)
def test_a_figure_may_not_name_the_right_choice_alone(says, is_told, more_text, tmp_path, pose):
    text = more_text.replace("topic: more", "topic: gates")
    old = "Two bell-shaped curves, I and II; one of them is four times as high as the other."
    question = spoiled(tmp_path, text, "which_curve", old, says)
    words = "what the figure says in words has the answer in it"
    with pytest.raises(VariantError, match=words) if is_told else nullcontext():
        list(map(partial(pose, question), range(20)))


@settings(max_examples=15)
@given(number=st.integers(0, 10**6))
def test_a_curve_has_the_values_of_its_formula(number, questions, pose):
    posed = pose(questions["gates/peak"], number)
    k = int(posed.key.forms[0].shown)
    (curve,) = posed.item.drawing.curves
    assert len(curve.points) == 121
    assert curve.points[0][0] == -2
    assert curve.points[-1][0] == 2
    for x, y in curve.points:
        assert math.isclose(y, k * (1 - math.tanh(k * x) ** 2), rel_tol=1e-9, abs_tol=1e-9)


def test_what_is_said_to_who_is_wrong_depends_on_the_side(questions, pose):
    for number in range(40):
        one = pose(questions["more/two_sides"], number)
        (key,) = one.key.forms
        sign = "negative" if "(-" in one.item.prompt else "positive"
        (feedback,) = key.feedback.values()
        assert feedback.endswith(f"is {sign}.")
        assert list(key.misconceptions.values()) == ["swapped"] * (sign == "negative")


def test_labels_of_curves_are_filled(questions, pose):
    for number in range(20):
        labels = {curve.label for curve in pose(questions["more/which_curve"], number).item.drawing.curves}
        assert labels & {"I (k = 0)", "I (k = 1)"}


def test_a_wrong_order_has_the_letters_of_the_sheet(questions, pose):
    for number in range(20):
        one = pose(questions["more/code_lines"], number)
        (form,), (key,) = one.item.forms, one.key.forms
        ((order, feedback, misconception),) = key.wrong
        texts = {option.letter: option.text for option in form.options}
        assert [texts[letter].strip()[:6] for letter in order] == ["def ta", "y = -y", "y = np", "return"]
        assert (feedback, misconception) == ("The quotient of what?", "swapped")
