"""A question for a formula: its key in a variant is a formula in the variables alone, and exact."""

from fractions import Fraction

import pytest
import yaml

from grader.bank.load import load_topic
from grader.errors import BankError
from grader.kinds.registry import kind_of
from grader.kinds.variant import draw
from grader.model.outcome import Status
from grader.numerics.draws import Stream
from grader.quiz.mark_formula import mark_formula

QUESTION = {
    "id": "slope",
    "kind": "formula",
    "title": "A derivative",
    "objective": "Differentiate.",
    "bloom": "apply",
    "prompt": "The derivative of $[[a]]\\tanh(x)$ in terms of $y = \\tanh(x)$?",
    "solution": "$[[a]](1-y^2)$",
    "answer": "a*(1 - y^2)",
    "variables": {"y": [-0.99, 0.99]},
    "parameters": {"a": {"from": -3, "to": 3, "step": 0.5}},
    "require": ["a != 0"],
    "wrong": [{"answer": "a*y*(1-y)", "feedback": "Of [[a]] sigmoid.", "misconception": "of-sigmoid"}],
    "hint": "simplified or not",
}


@pytest.fixture
def load(tmp_path):
    def loaded(**changes):
        folder = tmp_path / "demo"
        folder.mkdir(exist_ok=True)
        (folder / "reference.py").touch()
        question = {key: value for key, value in {**QUESTION, **changes}.items() if value is not None}
        bank = {"topic": "demo", "title": "Demo", "beliefs": {"of-sigmoid": "Another."}, "questions": [question]}
        (folder / "bank.yaml").write_text(yaml.safe_dump(bank, allow_unicode=True, sort_keys=False))
        return load_topic(folder).quiz[0]

    return loaded


def posed(question, name="1"):
    return kind_of(question.kind).pose(question, draw(question, Stream.of(b"s", name)), Fraction(3))


def test_what_is_drawn_stands_in_the_key_in_its_own_brackets(load):
    for name in "12345678":
        question = load()
        one = posed(question, name)
        (form,), (key,) = one.item.forms, one.key.forms
        drawn = one.item.prompt.removeprefix("The derivative of $").partition("\\")[0]
        assert (form.what, form.variables, form.hint) == ("formula", ("y",), "simplified or not, in terms of y")
        assert (
            mark_formula(key, f"{drawn} - {drawn}*y^2" if float(drawn) > 0 else f"{drawn} + {drawn[1:]}*y^2").share
            == 1
        )
        assert mark_formula(key, "1 - y^2").share == (drawn == "1")
        wrong = mark_formula(key, f"({drawn})*(y - y^2)")
        assert (wrong.share, wrong.feedback, wrong.misconception) == (0, f"Of {drawn} sigmoid.", "of-sigmoid")
        assert key.latex
        assert key.ranges == {"y": ("-0.99", "0.99")}


def test_a_derived_value_stays_exact_in_the_key(load):
    question = load(derived={"third": "1/3", "s": "sigmoid(third)"}, answer="s*y", wrong=None)
    key = posed(question).key.forms[0]
    assert mark_formula(key, "y/(1+e^(-1/3))").share == 1
    assert mark_formula(key, "0.5825702064623147*y").share == 0, "a rounded number is another formula"


def test_ranges_may_follow_from_what_is_drawn(load):
    key = posed(load(variables={"y": ["-abs(a)", "abs(a)/3"]}), "3").key.forms[0]
    low, high = map(Fraction, key.ranges["y"])
    assert low < 0 < high
    assert abs(low + 3 * high) < Fraction(1, 10**5)


FAULTS = [
    ({"answer": "1 - z^2"}, "`1 - z^2` is no formula: `z` is not known here"),
    ({"variables": None}, "a formula needs `variables`"),
    ({"variables": {"y": [1]}}, "a variable needs a range"),
    ({"variables": {"y": [1, 1]}}, "the range from 1 to 1 is empty"),
    ({"variables": {"y": [0, "q"]}}, "`q` is no formula"),
    ({"variables": {"y": [0, 1], "a": [0, 1]}}, "`a` is drawn already"),
    ({"wrong": [{"answer": "y(", "feedback": "no"}]}, "`y(` is no formula: the `(` here is never closed"),
    ({"wrong": [{"answer": "y", "feedback": "[[y2]]"}]}, "'y2' is not a value"),
    ({"wrong": [{"answer": "y", "feedback": "no", "misconception": "x"}]}, "'x' is not a misconception"),
]


@pytest.mark.parametrize(("changes", "says"), FAULTS)
def test_what_is_wrong_with_the_question_is_told_with_its_place(load, changes, says):
    with pytest.raises(BankError) as caught:
        load(**changes)
    found = [one for one in caught.value.complaints if says in one.message]
    assert found, str(caught.value)
    assert found[0].place.line > 0


def test_other_names_of_a_variable_are_the_variable(load):
    (key,) = posed(load(aliases={"y": ["y_t", "out"]}, answer="1 - y^2", wrong=None)).key.forms
    for text in ("1 - y_t^2", "1 - out*y", "1 - y_{t}^2", "(1 - out)(1 + y_t)"):
        assert mark_formula(key, text).share == 1, text
    assert "not right" in mark_formula(key, "1 - out").message
    assert "`z` is not known here" in mark_formula(key, "1 - z^2").message


def test_a_forbidden_function_earns_nothing_under_any_of_its_names_and_students_are_told(load):
    """Here, and on the sheet."""
    one = posed(load(
        without=["artanh", "sqrt"], answer="ln((1 + y)/(1 - y))/2", wrong=None,
        prompt="The inverse?",
    ))  # fmt: skip
    (form,), (key,) = one.item.forms, one.key.forms
    assert form.without == ("artanh", "sqrt")
    assert form.hint.endswith("in terms of y, without artanh or sqrt")
    assert "in whatever form without artanh or sqrt, earns" in one.item.rule
    for text in ("artanh(y)", "arctanh(y)", "atanh y", "tanh^-1(y)", "np.arctanh(y)", "ln(2) + artanh(y)"):
        judged = mark_formula(key, text)
        assert (judged.share, judged.status) == (0, Status.FAILED)
        assert judged.message.endswith(
            "is not accepted: it uses `artanh`, and the answer is asked for without it."
        )
    assert "it uses `sqrt`" in mark_formula(key, "ln(sqrt((1+y)/(1-y)))").message
    assert mark_formula(key, "(ln(1+y) - log(1-y))/2").share == 1
