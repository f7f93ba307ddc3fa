"""ULP distances, held against rational arithmetic."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from grader.numerics.ulp import smallest_normal, ulp_distance, ulp_exponent, zero_signs_differ

WIDTHS = {16: np.float16, 32: np.float32, 64: np.float64}
finite = st.floats(allow_nan=False, allow_infinity=False)
fractions_of_a_unit = st.floats(-0.5, 0.5)


def one(got: float, nearest: float, rest: float = 0.0, dtype: type = np.float64) -> float:
    return float(ulp_distance(np.array([got], dtype), np.array([nearest]), np.array([rest]))[0])


def unit_by_definition(truth: Fraction, dtype: type) -> Fraction:
    """Return the gap between the floats around a number, from the definition of a float."""
    info = np.finfo(dtype)
    exponent = info.minexp if truth == 0 else math.floor(math.log2(abs(truth)))
    while truth and Fraction(2) ** exponent > abs(truth):
        exponent -= 1
    while truth and Fraction(2) ** (exponent + 1) <= abs(truth):
        exponent += 1
    return Fraction(2) ** (max(exponent, info.minexp) - info.nmant)


@given(finite, finite, fractions_of_a_unit)
def test_the_distance_is_the_error_over_the_gap_between_floats(got: float, nearest: float, part: float) -> None:
    assume(1e-290 < abs(nearest) < 1.7e308)  # below, rest itself has no digits; above, the truth may be no float
    rest = part * math.ulp(nearest)
    truth = Fraction(nearest) + Fraction(rest)
    exact = abs(Fraction(got) - truth) / unit_by_definition(truth, np.float64)
    distance = one(got, nearest, rest)
    if exact < 10**300:
        assert distance == pytest.approx(float(exact), rel=1e-12, abs=1e-12)
    else:
        assert distance > 1e299


@given(st.sampled_from([16, 32]), st.data())
def test_narrow_floats_have_the_gap_of_their_own_type(width: int, data: st.DataObject) -> None:
    narrow = st.floats(allow_nan=False, allow_infinity=False, width=width)
    got, nearest = data.draw(narrow), data.draw(narrow)
    exact = abs(Fraction(got) - Fraction(nearest)) / unit_by_definition(Fraction(nearest), WIDTHS[width])
    assert one(got, nearest, 0.0, WIDTHS[width]) == pytest.approx(float(exact), rel=1e-12)


@given(finite)
def test_the_next_float_is_one_away_and_the_float_itself_none(nearest: float) -> None:
    assume(abs(nearest) < 1e308)
    assert one(nearest, nearest) == 0
    outwards = math.nextafter(nearest, math.copysign(math.inf, nearest))
    assert one(outwards, nearest) == 1


@given(finite, finite, finite)
def test_the_distance_grows_with_the_error(nearest: float, a: float, b: float) -> None:
    near, far = sorted((a, b), key=lambda got: abs(Fraction(got) - Fraction(nearest)))
    assert one(near, nearest) <= one(far, nearest)


@given(finite)
def test_a_correctly_rounded_answer_is_at_most_half_a_unit_away(value: float) -> None:
    truth = Fraction(value) * Fraction(1, 3)
    nearest = float(truth)
    assume(abs(nearest) > 1e-290)
    rest = float(truth - Fraction(nearest))
    assert one(nearest, nearest, rest) <= 0.5
    for dtype in (np.float32, np.float16):
        with np.errstate(over="ignore"):
            assert one(float(dtype(nearest)), nearest, rest, dtype) <= 0.5 + 1e-6


def test_the_largest_float_and_its_negative_are_far_apart() -> None:
    """numpy.testing's distance wraps round and says 2e16 floats at most; the error is 2**54 units here."""
    largest = np.finfo(np.float64).max
    assert one(largest, -largest) == pytest.approx(2.0**54)


def test_infinity_is_no_neighbour_of_the_largest_float() -> None:
    assert one(np.inf, np.finfo(np.float64).max) == np.inf
    assert one(np.finfo(np.float64).max, np.inf) == np.inf
    assert one(-np.inf, np.inf) == np.inf
    assert one(np.inf, np.inf) == 0


def test_infinity_is_right_where_the_truth_is_beyond_the_type() -> None:
    assert one(np.inf, 1e6, 0.0, np.float16) == 0
    assert one(-np.inf, 1e6, 0.0, np.float16) == np.inf
    assert one(65504, 65504.5, 0.0, np.float16) < 0.5
    assert one(np.inf, 65504.5, 0.0, np.float16) == np.inf


def test_nan_is_right_for_nan_only() -> None:
    assert one(np.nan, np.nan) == 0
    assert one(np.nan, 1.0) == np.inf
    assert one(1.0, np.nan) == np.inf
    assert one(np.nan, np.inf) == np.inf


def test_zeros_are_no_distance_apart_but_told_apart() -> None:
    got, nearest = np.array([0.0, -0.0, 0.0, 1.0]), np.array([-0.0, -0.0, 0.0, -1.0])
    assert ulp_distance(got, nearest, np.zeros(4))[:3].tolist() == [0, 0, 0]
    assert zero_signs_differ(got, nearest).tolist() == [True, False, False, False]


def test_subnormals_are_counted_in_the_smallest_of_them() -> None:
    assert one(3 * 5e-324, 5e-324) == 2
    assert one(1e-310, 0.0) == pytest.approx(1e-310 / 5e-324)
    assert one(0.0, 2e-8, 0.0, np.float16) == pytest.approx(2e-8 / 2.0**-24)


def test_a_truth_just_inside_a_power_of_two_has_the_smaller_unit() -> None:
    inside = ulp_exponent(np.array([1.0, 1.0, -1.0]), np.array([-1e-17, 1e-17, 1e-17]), np.float64)
    assert inside.tolist() == [-53, -52, -53]


def test_whole_numbers_and_long_doubles_are_read_as_float64() -> None:
    for dtype in (np.int64, np.longdouble, np.bool_):
        assert ulp_distance(np.array([1], dtype), np.array([1 + 2**-52]), np.zeros(1)).tolist() == [1]


def test_byte_order_and_shape_do_not_matter() -> None:
    got = np.array([[1.5, 2.5]], dtype=">f4")
    assert ulp_distance(got, np.array([[1.5, 2.5]]), np.zeros((1, 2))).tolist() == [[0, 0]]
    assert ulp_distance(np.array(1.0), np.array(1.0), np.array(0.0)).shape == ()
    assert ulp_distance(np.zeros((0, 3)), np.zeros((0, 3)), np.zeros((0, 3))).shape == (0, 3)


def test_smallest_normal() -> None:
    assert smallest_normal(np.float64) == 2.0**-1022
    assert smallest_normal(np.float16) == 2.0**-14
