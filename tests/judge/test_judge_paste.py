"""A failing call can be pasted: run as it stands, it gives the same bits in the same form."""

import sys
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.judge.paste import call_text, form_words
from grader.model.inputs import Argument, Form
from grader.model.question import CodeQuestion, Parameter

DTYPES = ["float64", "float32", "float16", "int64", "int8", "uint8", "bool"]


def question(names: tuple[str, ...] = ("x",)) -> CodeQuestion:
    parameters = tuple(Parameter(name) for name in names)
    return CodeQuestion("t/f", "", "", "pasted_module", "f", parameters, ("y",), ((),), (), ())


def paste(text: str) -> list[Any]:
    """Run a pasted text against a module whose function keeps what it gets."""
    got: list[Any] = []
    module = ModuleType("pasted_module")
    module.f = lambda *arguments: got.extend(arguments)  # type: ignore[attr-defined]
    sys.modules["pasted_module"] = module
    try:
        exec(text, {})  # noqa: S102  the text is what students paste
    finally:
        del sys.modules["pasted_module"]
    return got


def same_bits(one: Any, other: Any) -> bool:
    one, other = np.asarray(one), np.asarray(other)
    same = (one.shape, one.dtype) == (other.shape, other.dtype)
    nan = np.isnan(one) if one.dtype.kind == "f" else np.zeros(one.shape, bool)
    return (
        same
        and np.array_equal(one, other, equal_nan=bool(nan.any()))
        and bool((np.signbit(one) == np.signbit(other))[~nan].all() if one.dtype.kind == "f" else True)
    )


arrays = st.sampled_from(DTYPES).flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=5))
)


@given(arrays)
def test_any_array_comes_back_bit_for_bit(value: Any):
    (got,) = paste(call_text(question(), (Argument("x", value),)))
    assert type(got) is np.ndarray
    assert same_bits(got, value)


@given(st.one_of(st.floats(), st.integers(-5, 5), st.booleans()))
def test_a_plain_number_comes_back_as_one(value: Any):
    (got,) = paste(call_text(question(), (Argument("x", np.array(value), Form.SCALAR),)))
    assert type(got) is type(value)
    assert same_bits(got, value)


@given(hnp.arrays(np.float64, hnp.array_shapes(min_dims=1, max_dims=3, max_side=4)), st.sampled_from(list(Form)))
def test_every_form_comes_back_in_that_form(value: Any, form: Form):
    if form in (Form.SCALAR, Form.NUMPY_SCALAR):
        value = value.flat[0].reshape(())
    (got,) = paste(call_text(question(), (Argument("x", value, form),)))
    assert same_bits(np.asarray(got).astype(np.float64), value)
    if form is Form.READ_ONLY:
        assert not got.flags.writeable
    elif form is Form.FORTRAN:
        assert got.flags.f_contiguous
    elif form is Form.STRIDED:
        assert got.strides[-1] == 16
    elif form is Form.REVERSED:
        assert got.strides[-1] == -8
    elif form is Form.BIG_ENDIAN:
        assert got.dtype.str == ">f8"
    else:
        kinds = {Form.SCALAR: float, Form.NUMPY_SCALAR: np.float64, Form.LIST: list}
        assert type(got) is kinds.get(form, np.ndarray)


def test_arguments_stand_in_order_under_their_names():
    text = call_text(question(("W", "b")), (Argument("W", np.ones((1, 2))), Argument("b", np.array([0.5, -0.0]))))
    assert text == (
        "import numpy as np\nfrom pasted_module import f\n\n"
        "W = np.array([[1.0, 1.0]])\nb = np.array([0.5, -0.0])\nprint(f(W, b))"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.linspace(-6, 6, 401), "x = np.linspace(-6.0, 6.0, 401)"),
        (np.round(np.linspace(-2, 1, 100), 3), "x = np.round(np.linspace(-2.0, 1.0, 100), 3)"),
        (np.zeros((0, 3)), "x = np.zeros((0, 3))"),
        (np.array([np.nan, -np.inf]), "x = np.array([np.nan, -np.inf])"),
        (np.float32([0.1]), "x = np.array([0.1], dtype=np.float32)"),
    ],
)
def test_it_is_as_short_as_is_exact(value: Any, text: str):
    assert text in call_text(question(), (Argument("x", value),)).splitlines()


def test_a_line_is_not_longer_than_a_screen_is_wide():
    value = np.random.default_rng(1).normal(size=(4, 3, 30))
    text = call_text(question(), (Argument("x", value),))
    assert max(map(len, text.splitlines())) <= 110
    assert same_bits(paste(text)[0], value)


def test_what_is_too_long_to_paste_is_left_out():
    assert call_text(question(), (Argument("x", np.random.default_rng(1).normal(size=5000)),)) == ""


def test_numpy_is_imported_only_where_it_is_used():
    assert "numpy" not in call_text(question(), (Argument("x", np.array(np.nan), Form.SCALAR),))


def test_an_unusual_form_is_told_in_words():
    assert form_words((Argument("x", np.ones(2)),)) == ""
    assert form_words((Argument("x", np.ones(2), Form.READ_ONLY), Argument("y", np.array(1.0), Form.SCALAR))) == (
        "x is an array that must not be written to; y is a plain Python number"
    )
    assert "shape ()" in form_words((Argument("x", np.array(1.0)),))
    assert "empty" in form_words((Argument("x", np.ones((0, 2))),))
    assert "float32" in form_words((Argument("x", np.float32([1])),))
