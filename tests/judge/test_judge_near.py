"""Near misses: what was meant is told, and nothing is told where nothing is near."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.judge.near import near_arguments, near_name, near_order, near_return, near_shape, near_type, rearranged
from grader.model.inputs import Argument
from grader.model.key import Expected, KeyedCase
from grader.model.outcome import FunctionInfo, Outcome, Status, Value
from grader.model.question import CodeQuestion, Parameter, Rule, RuleKind

RULE = Rule(RuleKind.NORMWISE, 1e-9)
HOMEWORK = (
    "tanh", "tanh_grad", "sigmoid", "sigmoid_grad", "relu", "relu_grad", "lstm_gates", "lstm_cell", "lstm_forward",
    "lstm_backward",
)  # fmt: skip


def question(parameters: int = 2, results: tuple[str, ...] = ("h", "c")) -> CodeQuestion:
    names = tuple(Parameter(name) for name in "abcdefgh"[:parameters])
    shapes: tuple[tuple[str | int, ...], ...] = tuple(("N", "H") for _ in results)
    return CodeQuestion("t/f", "", "", "m", "f", names, results, shapes, (), ())


def infos(*names: str) -> list[FunctionInfo]:
    return [FunctionInfo(name, 1, 1) for name in names]


def truth(value: Any) -> Expected:
    value = np.asarray(value, dtype=float)
    return Expected(value, np.zeros_like(value), value, value)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("relu", "relU"), ("relu", "ReLU"), ("lstm_cell", "lstmCell"), ("lstm_cell", "lstm_cel"), ("tanh", "tanh_"),
     ("sigmoid", "sigmiod"), ("tanh_grad", "tanhGrad"), ("lstm_forward", "lstm_foward")],
)  # fmt: skip
def test_a_misspelt_name_is_told(wanted: str, found: str):
    assert near_name(wanted, infos("helper", found, "main")) == f"Found `{found}`, wanted `{wanted}`."


@pytest.mark.parametrize(("wanted", "other"), [pair for pair in product(HOMEWORK, HOMEWORK) if pair[0] != pair[1]])
def test_no_function_of_the_homework_is_taken_for_another(wanted: str, other: str):
    assert "wanted" not in near_name(wanted, infos(other))


def test_what_there_is_is_listed_and_kept_short():
    assert near_name("relu", infos("a", "b")) == "The file defines `a`, `b`."
    assert near_name("relu", ()) == "The file defines no function."
    assert near_name("relu", infos(*(f"function_{k}" * 40 for k in range(50)))).endswith(" and 42 more.")
    assert len(near_name("relu", infos(*(f"function_{k}" * 40 for k in range(50))))) < 700


@pytest.mark.parametrize(
    ("least", "most", "text"),
    [(4, 4, "takes 4 arguments, wanted 6"), (1, 1, "takes 1 argument, wanted 6"), (7, None, "takes 7 arguments"),
     (2, 5, "takes 5 arguments"), (7, 9, "takes 7 arguments"), (6, 6, ""), (0, None, ""), (1, 8, "")],
)  # fmt: skip
def test_another_number_of_arguments_is_told(least: int, most: int | None, text: str):
    found = near_arguments(question(6), [FunctionInfo("f", least, most)])
    assert (text in found) if text else found == ""


def returned(text: str, count: int = 1, printed: str = "", *values: Value) -> Outcome:
    return Outcome("c", Status.PASSED, values, text, count, printed=printed)


def test_what_was_returned_is_told():
    assert "is a `return` missing" in near_return(question(), returned("NoneType", 0))
    assert "where it says `print`" in near_return(question(), returned("NoneType", 0, "[1. 2.]\n"))
    assert "returned 3 results, wanted 2: `h` and `c`" in near_return(question(), returned("tuple of 3", 3))
    assert "returned 1 results" not in near_return(question(), returned("ndarray of shape (2, 3)"))
    assert "an ndarray of shape (2, 3); wanted are 2" in near_return(
        question(), returned("ndarray of shape (2, 3)")
    )
    one = question(results=("y",))
    assert near_return(one, returned("", 1, "", Value("ndarray", np.ones(2)))) == ""
    assert "a tuple" in near_return(one, returned("", 1, "", Value("tuple", np.ones((2, 2)))))
    assert "`return`" in near_return(one, returned("NoneType", 1, "", Value("NoneType", None, "nothing")))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Value("NoneType", None), "`h` is `None`"),
        (Value("function", None, "an array of objects"), "parentheses are missing"),
        (Value("generator", None, "an array of objects"), "`h` is a generator; wanted is an array"),
        (Value("list", None, "cannot be read as an array (ValueError)"), "are they of one length"),
        (Value("str", None, "text"), "it is a str (text)"),
        (Value("ndarray", np.array([1j])), "its dtype is complex128"),
        (Value("ndarray", None, "complex numbers"), "an ndarray (complex numbers)"),
    ],
)
def test_what_is_no_array_of_real_numbers_is_told(value: Value, text: str):
    assert text in near_type(value, "h")


@pytest.mark.parametrize(
    ("got", "wanted", "names", "text"),
    [
        ((5, 2), (2, 5), ("N", "H"), "(H, N) for (N, H): it is transposed"),
        ((2, 4, 5), (4, 2, 5), ("T", "N", "H"), "(N, T, H) for (T, N, H): the axes are in another order"),
        ((5, 2, 4), (4, 2, 5), ("T", "N", "H"), "(H, N, T) for (T, N, H): it is transposed"),
        ((2, 20), (2, 5), ("N", "H"), "(N, 4H) for (N, H): the 4 blocks were not split"),
        ((5,), (2, 5), ("N", "H"), "The axis N is missing: shape (5,) for (2, 5)"),
        ((2, 5), (4, 2, 5), ("T", "N", "H"), "The axis T is missing"),
        ((4, 4, 2, 5), (4, 2, 5), ("T", "N", "H"), "is one too many"),
        ((3, 2, 5), (4, 2, 5), ("T", "N", "H"), "The axis T is one too short"),
        ((5, 2, 5), (4, 2, 5), ("T", "N", "H"), "The axis T is one too long"),
        ((2, 3), (2, 20), ("N", "4H"), "The axis 1 is 3 long, wanted 20"),
        ((7, 1), (7,), (), "An axis of length 1 is one too many: shape (7, 1) for (7,)"),
        ((7,), (1, 7), (), "An axis of length 1 is missing"),
        ((), (7,), (), "One single number"),
        ((3, 3), (2, 5), ("N", "H"), ""),
    ],
)  # fmt: skip
def test_a_shape_that_is_near_is_told(got: Any, wanted: Any, names: Any, text: str):
    found = near_shape(got, wanted, names)
    assert (text in found) if text else found == ""


shapes = st.lists(st.integers(0, 4), max_size=5).map(tuple)


@given(shapes, shapes)
def test_no_two_shapes_upset_it(got: tuple[int, ...], wanted: tuple[int, ...]):
    if got != wanted:
        text = near_shape(got, wanted, ())
        assert text == "" or text.endswith(".")


@given(st.permutations([0, 1, 2]))
def test_right_numbers_are_recognised_in_any_order_of_axes(order: list[int]):
    wanted = np.arange(24.0).reshape(2, 3, 4)
    assert rearranged(Value("ndarray", wanted.transpose(order)), truth(wanted), RULE)
    assert not rearranged(Value("ndarray", wanted.transpose(order) + 1), truth(wanted), RULE)


def test_right_numbers_are_recognised_flattened_and_not_where_some_are_missing():
    wanted = np.arange(6.0).reshape(2, 3)
    assert rearranged(Value("ndarray", wanted.ravel()), truth(wanted), RULE)
    assert not rearranged(Value("ndarray", wanted[:1]), truth(wanted), RULE)
    assert not rearranged(Value("ndarray", np.zeros((0, 2))), truth(np.zeros((2, 0))), RULE)


def test_results_in_another_order_are_told_and_others_not():
    one, two = np.arange(4.0), np.arange(4.0) * 3
    case = KeyedCase("c", "c", True, (Argument("x", one),), (truth(one), truth(two)))

    def said(*values: Any) -> str:
        return near_order(question(), case, returned("", 2, "", *(Value("ndarray", v) for v in values)), RULE)

    assert said(two, one) == "Each result is right, but they come as (c, h); wanted is (h, c)."
    assert said(one, two) == said(one, one) == said(two, two) == said(two, one + 1) == ""
