"""Proven values, held against NumPy's own tables and mpmath."""

import csv
import struct
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import mpmath
import numpy as np
import pytest
from flint import arb, ctx
from hypothesis import given
from hypothesis import strategies as st

from grader.numerics.exact import ProofError, Proven, balls, evaluate, evaluate_at
from grader.numerics.probes import probe
from grader.numerics.ulp import ulp_distance

TABLES = Path(np.__file__).parent / "_core" / "tests" / "data"
ANY_SIZE = st.one_of(st.floats(-50, 50), st.floats(allow_nan=False, allow_infinity=False))


def prove(function: Callable[..., object], x: np.ndarray) -> Proven:
    return evaluate(function, [x], elementwise=True)[0]


def table(function: str, dtype: str) -> tuple[np.ndarray, np.ndarray]:
    """Read inputs and correctly rounded outputs of NumPy's own validation set, which are written in hex."""
    with (TABLES / f"umath-validation-set-{function}.csv").open() as file:
        rows = [row for row in csv.reader(file) if row and row[0] == f"np.{dtype}"]
    code = {"float32": ">f", "float64": ">d"}[dtype]
    width = struct.calcsize(code)

    def read(text: str) -> float:
        return struct.unpack(code, int(text, 16).to_bytes(width, "big"))[0]

    return (np.array([read(row[k]) for row in rows], dtype=dtype) for k in (1, 2))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_tanh_is_that_of_numpys_validation_set(dtype: str, activations: ModuleType) -> None:
    """Every output of NumPy's table (numpy/_core/tests/data) is the float next to the proven value."""
    x, y = table("tanh", dtype)
    assert x.size > 700
    proven = prove(activations.tanh, x)
    distance = ulp_distance(y, proven.nearest, proven.rest)
    assert distance.max() <= 0.5 + 1e-9
    if dtype == "float64":
        assert (y == proven.nearest)[~np.isnan(y)].all()


def test_exp_is_that_of_numpys_validation_set_but_for_its_one_wrong_row() -> None:
    x, y = table("exp", "float64")
    proven = prove(np.exp, x)
    wrong = np.flatnonzero(ulp_distance(y, proven.nearest, proven.rest) > 0.5 + 1e-9)
    assert wrong.size == 1
    with mpmath.workprec(300):
        assert rounded(mpmath.exp(mpmath.mpf(float(x[wrong[0]])))) == proven.nearest[wrong[0]]


@pytest.mark.parametrize("function", ["expm1", "log1p", "sinh"])
def test_other_functions_of_balls_agree_with_numpys_validation_set(function: str) -> None:
    x, y = table(function, "float64")
    inside = np.isfinite(x) & np.isfinite(y) & (x > -1 if function == "log1p" else x == x)  # noqa: PLR0124 (nan)
    proven = prove(getattr(np, function), x[inside])
    assert np.mean(y[inside] == proven.nearest) > 0.998


ORACLES: dict[str, Callable[[mpmath.mpf], mpmath.mpf]] = {
    "tanh": mpmath.tanh,
    "tanh_grad": lambda x: mpmath.sech(x) ** 2,
    "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)),
    "sigmoid_grad": lambda x: 1 / (2 + 2 * mpmath.cosh(x)),
    "relu": lambda x: max(x, mpmath.mpf(0)),
    "relu_grad": lambda x: mpmath.mpf(1 if x > 0 else 0),
}


def rounded(value: mpmath.mpf) -> float:
    """Round to the nearest float64; mpmath rounds subnormals twice, so those are scaled by hand."""
    scaled = mpmath.ldexp(value, 1074)
    if abs(scaled) < 2**52:
        return float(mpmath.nint(scaled)) * 5e-324
    return float(value)


@pytest.mark.parametrize("name", ORACLES)
@pytest.mark.parametrize("numbers", ["extremes", "magnitudes", "whole-range"])
def test_references_agree_with_mpmath_over_the_whole_range(
    name: str, numbers: str, activations: ModuleType
) -> None:
    x = probe(numbers)
    x = np.concatenate([x[np.isfinite(x) & (np.abs(x) < 1e6)][::3], x[:8]])
    x = x[np.isfinite(x)]
    proven = prove(getattr(activations, name), x)
    with mpmath.workprec(3000):
        for number, nearest, rest in zip(x.tolist(), proven.nearest.tolist(), proven.rest.tolist(), strict=True):
            size = min(abs(number), 1e5)  # beyond, all of them are flat; mpmath would need a billion bits
            truth = ORACLES[name](mpmath.mpf(number if name == "relu" else np.copysign(size, number)))
            assert nearest == rounded(truth), number
            left = truth - mpmath.mpf(nearest)
            assert abs(left - rest) <= abs(truth) * mpmath.mpf(2) ** -72 + 5e-324, number


@given(ANY_SIZE)
def test_tanh_and_its_rest_are_right_anywhere(x: float) -> None:
    proven = prove(np.tanh, np.array([x]))
    with mpmath.workprec(2400):
        truth = mpmath.tanh(mpmath.mpf(x)) if abs(x) < 1000 else mpmath.sign(mpmath.mpf(x))
        assert proven.nearest[0] == rounded(truth)
        assert abs(truth - proven.nearest[0] - proven.rest[0]) <= abs(truth) * mpmath.mpf(2) ** -72 + 5e-324


def test_infinities_and_nan_come_through_the_references(activations: ModuleType) -> None:
    x = np.array([-np.inf, np.inf, np.nan])
    for name, wanted in {"tanh": [-1, 1], "sigmoid": [0, 1], "tanh_grad": [0, 0], "sigmoid_grad": [0, 0]}.items():
        proven = prove(getattr(activations, name), x)
        assert proven.nearest[:2].tolist() == wanted
        assert np.isnan(proven.nearest[2])
        assert proven.rest.tolist() == [0, 0, 0]
    assert prove(activations.relu, x[:2]).nearest.tolist() == [0, np.inf]
    assert prove(activations.relu_grad, x[:2]).nearest.tolist() == [0, 1]


def test_precision_rises_until_what_cancels_is_proven() -> None:
    """(1 + x) - 1 with x = 2**-700 needs 700 bits before the first digit of the answer is seen."""
    x = np.array([2.0**-700, 2.0**-20])
    proven = prove(lambda x: (np.exp(x) - 1) * 1, x)
    with mpmath.workprec(3000):
        assert proven.nearest.tolist() == [float(mpmath.expm1(mpmath.mpf(number))) for number in x.tolist()]


def test_a_sum_that_cancels_is_proven_to_round_to_zero() -> None:
    (proven,) = evaluate(lambda x: np.sum(np.exp(x) * np.exp(-x)) - x.size, [np.array([0.3, -0.7])])
    assert proven.nearest == 0
    assert proven.rest == 0


def test_what_is_beyond_the_largest_float_rounds_to_infinity() -> None:
    assert prove(np.exp, np.array([710.0, -800.0, 709.0])).nearest.tolist()[:2] == [np.inf, 0]


def test_a_formula_that_breaks_down_is_told_with_the_input() -> None:
    def tanh_by_definition(x: np.ndarray) -> np.ndarray:
        return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))

    assert prove(tanh_by_definition, np.array([0.5])).nearest[0] == np.tanh(0.5)
    with pytest.raises(ProofError, match=r"tanh_by_definition has no provable value at inf"):
        prove(tanh_by_definition, np.array([0.5, np.inf]))


def test_nan_is_believed_only_where_an_input_was_nan() -> None:
    with pytest.raises(ProofError):
        evaluate(lambda x: x - x, [np.array([np.inf, 1.0])])
    (proven,) = evaluate(lambda x: x - 1, [np.array([np.nan, 1.0])])
    assert np.isnan(proven.nearest[0])
    assert proven.nearest[1] == 0


def test_a_value_halfway_between_two_floats_is_rounded_to_even_or_refused() -> None:
    half = 2.0**-53
    assert prove(lambda x: 1 + x, np.array([half, 3 * half])).nearest.tolist() == [1.0, 1 + 4 * half]
    with pytest.raises(ProofError):
        prove(lambda x: 1 + np.log(np.exp(x)), np.array([half]))


@pytest.mark.parametrize("shape", [(), (0,), (3, 0), (2, 1, 3)])
def test_any_shape_is_kept(shape: tuple[int, ...], activations: ModuleType) -> None:
    x = np.full(shape, 0.5)
    for elementwise in (True, False):
        (proven,) = evaluate(activations.sigmoid, [x], elementwise=elementwise)
        assert proven.nearest.shape == proven.rest.shape == shape


@pytest.mark.parametrize("dtype", ["float32", "float16", "int64", "int8", "uint8", "bool", ">f8"])
def test_numbers_of_any_type_are_taken_for_what_they_are(dtype: str, activations: ModuleType) -> None:
    x = np.array([0, 1, 1], dtype=dtype)
    assert prove(activations.sigmoid, x).nearest.tolist() == [0.5, 0.7310585786300049, 0.7310585786300049]
    assert [float(ball) for ball in balls(np.array([0.1], np.float32))] == [float(np.float32(0.1))]


def test_several_results_and_several_arguments() -> None:
    def both(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return a @ b, a.sum(axis=0)

    a, b = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.5], [0.25]])
    product, total = evaluate(both, [a, b], results=2)
    assert product.nearest.tolist() == [[1.0], [2.5]]
    assert total.nearest.tolist() == [4.0, 6.0]
    with pytest.raises(ProofError, match="2 results, and 3 were promised"):
        evaluate(both, [a, b], results=3)


def test_an_elementwise_function_that_is_none_is_refused() -> None:
    with pytest.raises(ProofError, match="not elementwise"):
        prove(lambda x: np.sum(np.exp(x), keepdims=True), np.array([1.0, 2.0]))


def test_flints_precision_is_as_it_was_whatever_happens() -> None:
    before = ctx.prec
    evaluate_at(1000, np.exp, [np.array([1.0])])
    assert ctx.prec == before
    with pytest.raises(ZeroDivisionError):
        evaluate_at(1000, lambda x: x.size // 0, [np.array([1.0])])
    with pytest.raises(ProofError):
        prove(lambda x: x - x, np.array([np.inf]))
    assert ctx.prec == before


@given(st.integers(-(2**80), 2**80), st.integers(-1150, 960))
def test_flint_rounds_to_the_nearest_float(mantissa: int, exponent: int) -> None:
    """What ``nearest`` rests on: float() of a ball rounds once, to even, subnormals too."""
    from fractions import Fraction

    with ctx.workprec(200):
        ball = arb(mantissa) * arb(2) ** exponent
    try:
        wanted = float(mantissa * Fraction(2) ** exponent)
    except OverflowError:
        wanted = float("inf") if mantissa > 0 else float("-inf")
    assert float(ball) == wanted
