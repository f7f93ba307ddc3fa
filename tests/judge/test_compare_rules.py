"""Laws of comparing: what passes, what fails, and that nothing a student returns can upset it."""

import math
import warnings
from typing import Any

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.judge.compare import Comparison, Fault, compare
from grader.model.key import Expected
from grader.model.outcome import Value
from grader.model.question import Rule, RuleKind

EPS = 2.0**-52
TINY = 2.0**-1022
RULES = [
    Rule(RuleKind.ABSOLUTE, 1e-6),
    Rule(RuleKind.EPS, 16),
    Rule(RuleKind.ULP, 8, 2),
    Rule(RuleKind.NORMWISE, 1e-9),
]
rules = st.sampled_from(RULES)
numbers = st.floats(-1e308, 1e308)
anything = st.floats()


def truth(nearest: Any, rest: Any = 0.0, **more: Any) -> Expected:
    nearest = np.asarray(nearest, dtype=np.float64)
    rest = np.broadcast_to(np.asarray(rest, dtype=np.float64), nearest.shape)
    return Expected(nearest, rest, more.pop("low", nearest), more.pop("high", nearest), **more)


def hold(got: Any, expected: Expected, rule: Rule) -> Comparison:
    return compare(Value("ndarray", np.asarray(got)), expected, rule)


@given(
    hnp.arrays(np.float64, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4), elements=anything),
    rules,
)
def test_the_correctly_rounded_answer_passes_every_rule(values: Any, rule: Rule):
    rest = np.where(np.isfinite(values), 0.49 * np.spacing(np.where(abs(values) < 1e308, values, 0)), 0)
    assert hold(values, truth(values, rest), rule).passed
    assert hold(values, truth(values, -rest), Rule(rule.kind, 0.0)).passed


@given(numbers, st.floats(-0.5, 0.5), anything, st.floats(0, 1), rules)
def test_an_answer_nearer_to_the_truth_passes_where_a_farther_one_does(
    value: float, part: float, got: float, way: float, rule: Rule
):
    expected = truth(value, part * np.spacing(value))
    if not hold(got, expected, rule).passed:
        return
    nearer = float(mpmath.mpf(value) + (mpmath.mpf(got) - value) * way)
    exact = mpmath.mpf(value) + mpmath.mpf(float(expected.rest))
    if abs(mpmath.mpf(nearer) - exact) <= abs(mpmath.mpf(got) - exact):
        assert hold(nearer, expected, rule).passed


@given(hnp.arrays(np.float64, 5, elements=anything), hnp.arrays(np.float64, 5, elements=anything), rules)
def test_the_verdict_does_not_depend_on_the_sign(values: Any, got: Any, rule: Rule):
    one, other = hold(got, truth(values), rule), hold(-got, truth(-values), rule)
    assert (one.passed, one.fault, one.wrong, one.index, one.gap) == (
        other.passed, other.fault, other.wrong, other.index, other.gap
    ) or (math.isnan(one.gap) and math.isnan(other.gap))  # fmt: skip


kinds = st.one_of(
    hnp.scalar_dtypes(),
    hnp.complex_number_dtypes(),
    hnp.unicode_string_dtypes(max_len=3),
    st.sampled_from([np.dtype(object), np.dtype(np.longdouble), np.dtype(">f8"), np.dtype([("a", "f8")])]),
)


@given(st.data(), rules)
def test_no_type_shape_or_value_raises_or_warns(data: st.DataObject, rule: Rule):
    shape = data.draw(hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3))
    dtype = data.draw(kinds)
    got = np.zeros(shape, dtype) if dtype.hasobject or dtype.names else data.draw(hnp.arrays(dtype, shape))
    wanted = data.draw(hnp.arrays(np.float64, st.sampled_from([shape, (2,), (), (0,)]), elements=anything))
    kappa = data.draw(st.sampled_from([None, np.full(wanted.shape, np.nan), np.full(wanted.shape, np.inf)]))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = compare(Value("thing", got), truth(wanted, kappa=kappa), rule)
    if got.dtype.kind not in "biuf":
        assert found.fault is Fault.TYPE
    elif got.shape != wanted.shape:
        assert found.fault is Fault.SHAPE
    assert found.passed == (found.fault is None)


@given(numbers.filter(lambda v: abs(v) < 1e300), st.floats(0, 64), st.sampled_from([-1, 1]))
def test_ulp_are_counted_as_mpmath_counts_them(value: float, steps: float, side: int):
    """The unit is the gap between the floats around the truth; below the smallest normal it is another rule."""
    got = float(mpmath.mpf(value) + side * mpmath.mpf(steps) * np.spacing(abs(value)))
    expected = truth(value)
    found = hold(got, expected, Rule(RuleKind.ULP, 8))
    unit = mpmath.mpf(2) ** (math.frexp(value)[1] - 53)
    distance = abs(mpmath.mpf(got) - mpmath.mpf(value)) / unit
    if abs(value) < TINY:
        assert found.passed == (abs(mpmath.mpf(got) - mpmath.mpf(value)) <= TINY)
    else:
        assert found.passed == (distance <= 8)
        if not found.passed:
            assert found.gap == pytest.approx(float(distance))


def test_the_error_is_taken_against_the_truth_and_not_against_its_rounding():
    """8.4 ULP above the rounded value is 7.9 ULP above a truth that lies 0.5 ULP higher."""
    rule = Rule(RuleKind.ULP, 7.6)
    assert not hold(1.0 + 8 * EPS, truth(1.0, 0.3 * EPS), rule).passed
    assert hold(1.0 + 8 * EPS, truth(1.0, 0.45 * EPS), rule).passed
    assert not hold(1.0 - 8 * EPS, truth(1.0, 0.45 * EPS), rule).passed
    assert not hold(1.0 - 8 * EPS, truth(1.0, 0.45 * EPS), Rule(RuleKind.ULP, 8.2)).passed


@pytest.mark.parametrize(
    ("rule", "wanted", "inside", "outside"),
    [
        (Rule(RuleKind.ABSOLUTE, 1e-6), 0.25, 0.25 + 0.99e-6, 0.25 + 1.01e-6),
        (Rule(RuleKind.ABSOLUTE, 1e-6), 100.0, 100 + 0.99e-4, 100 + 1.01e-4),
        (Rule(RuleKind.EPS, 16), 0.0, 15.9 * EPS, -16.1 * EPS),
        (Rule(RuleKind.EPS, 16), 4.0, 4 + 64 * EPS, 4 + 68 * EPS),
        (Rule(RuleKind.ULP, 8), 4.0, 4 + 32 * EPS, 4 + 36 * EPS),
        (Rule(RuleKind.ULP, 8), 1e-310, TINY, 2.1 * TINY),
        (Rule(RuleKind.ULP, 8), 0.0, -TINY, 1.1 * TINY),
    ],
)
def test_the_edge_of_each_rule(rule: Rule, wanted: float, inside: float, outside: float):
    assert hold(inside, truth(wanted), rule).passed
    assert not hold(outside, truth(wanted), rule).passed


def test_a_badly_conditioned_result_may_be_further_off():
    expected = truth(1.0, kappa=np.array(40.0))
    assert hold(1 + 88 * EPS, expected, Rule(RuleKind.ULP, 8, 2)).passed
    assert not hold(1 + 89 * EPS, expected, Rule(RuleKind.ULP, 8, 2)).passed
    assert not hold(1 + 9 * EPS, expected, Rule(RuleKind.ULP, 8)).passed


def test_normwise_measures_every_number_by_the_largest_of_its_tensor():
    wanted = np.array([[1e-12, -2.0], [1e-3, 0.0]])
    off = np.array([[1.9e-9, 0], [0, -1.9e-9]])
    assert hold(wanted + off, truth(wanted), Rule(RuleKind.NORMWISE, 1e-9)).passed
    found = hold(wanted + 2 * off, truth(wanted), Rule(RuleKind.NORMWISE, 1e-9))
    assert (found.passed, found.wrong, found.total, found.index) == (False, 2, 4, (0, 0))
    assert found.gap == pytest.approx(1.9e-9)


def test_normwise_is_absolute_where_the_whole_tensor_is_zero():
    wanted = np.zeros((2, 3))
    assert hold(wanted + 1e-10, truth(wanted), Rule(RuleKind.NORMWISE, 1e-9)).passed
    assert not hold(wanted + 1e-8, truth(wanted), Rule(RuleKind.NORMWISE, 1e-9)).passed


@pytest.mark.parametrize("rule", RULES)
def test_nan_and_infinities_are_decided_before_any_size(rule: Rule):
    wanted = np.array([np.nan, np.inf, -np.inf, 1.0])
    assert hold(wanted, truth(wanted), rule).passed

    def fault(*got: float) -> Fault | None:
        return hold(np.array(got), truth(wanted), rule).fault

    assert fault(0.0, np.inf, -np.inf, 1.0) is Fault.NAN
    assert fault(np.nan, np.nan, -np.inf, 1.0) is Fault.NAN
    assert fault(np.nan, np.inf, -np.inf, np.nan) is Fault.NAN
    assert fault(np.nan, -np.inf, -np.inf, 1.0) is Fault.INFINITY
    assert fault(np.nan, 1.7e308, -np.inf, 1.0) is Fault.INFINITY
    assert fault(np.nan, np.inf, -np.inf, np.inf) is Fault.INFINITY
    assert fault(np.nan, np.inf, -np.inf, 1.1) is Fault.SIZE


def test_huge_numbers_of_opposite_sign_are_far_apart_and_do_not_wrap_round():
    found = hold(1.7e308, truth(-1.7e308), Rule(RuleKind.ULP, 8))
    assert (found.passed, found.fault) == (False, Fault.SIZE)
    assert not hold(np.inf, truth(np.finfo(float).max), Rule(RuleKind.ULP, 8)).passed


@pytest.mark.parametrize("rule", RULES)
def test_a_zero_is_a_zero_of_either_sign(rule: Rule):
    """np.where and expm1 forms of right functions lose the sign of a zero; the true value has none."""
    assert hold(np.array([-0.0, 0.0]), truth(np.array([0.0, -0.0])), rule).passed


def test_any_value_of_an_interval_is_right_and_none_outside():
    wanted = np.array([0.0, 0.0, 1.0])
    expected = truth(wanted, low=wanted, high=np.array([0.0, 1.0, 1.0]))
    for at_zero in (0.0, 0.5, 1.0, -1e-7, 1 + 1e-7):
        assert hold(np.array([0.0, at_zero, 1.0]), expected, RULES[0]).passed
    for at_zero in (-0.1, 1.1, 2.0):
        found = hold(np.array([0.0, at_zero, 1.0]), expected, RULES[0])
        assert (found.passed, found.wrong, found.index) == (False, 1, (1,))
    assert hold(np.array([0.0, np.nan, 1.0]), expected, RULES[0]).fault is Fault.NAN
    assert hold(np.array([0.0, np.inf, 1.0]), expected, RULES[0]).fault is Fault.INFINITY
    assert not hold(np.array([0.5, 0.5, 1.0]), expected, RULES[0]).passed


@pytest.mark.parametrize(
    "got", [True, np.int8(1), np.uint64(1), np.float16(1), np.longdouble(1), 1, np.array(1, ">f4")]
)
def test_any_real_type_is_read_for_its_value(got: Any):
    for rule in RULES:
        assert hold(got, truth(1.0), rule).passed
        assert not hold(got, truth(2.0), rule).passed


def test_whole_numbers_are_not_rounded_before_they_are_compared():
    wanted = float(2**60)
    assert hold(np.array(2**60), truth(wanted), Rule(RuleKind.ULP, 0)).passed
    assert not hold(np.array(2**60 + 1), truth(wanted), Rule(RuleKind.ULP, 0)).passed


@pytest.mark.parametrize("rule", RULES)
def test_no_answer_widens_what_is_allowed_by_coming_in_a_shorter_type(rule: Rule):
    """float16 is held to the same tolerance as the same number in float64, so that rounding to it wins nothing."""
    value = np.array([0.7615941559557649], dtype=np.float16)
    assert not hold(value, truth([0.7615941559557649]), rule).passed
    assert not hold(value.astype(np.float64), truth([0.7615941559557649]), rule).passed
    assert hold(value, truth([float(value[0])]), rule).passed


def test_float32_is_near_enough_for_ordinary_values_and_for_nothing_else():
    value = np.array([0.7615941559557649], dtype=np.float32)
    passed = {rule.kind for rule in RULES if hold(value, truth([0.7615941559557649]), rule).passed}
    assert passed == {RuleKind.ABSOLUTE}


@pytest.mark.parametrize(
    ("got", "wanted", "same"),
    [((), (), True), ((1,), (), False), ((3, 1), (3,), False), ((3,), (3, 1), False), ((0,), (0,), True),
     ((0, 3), (3, 0), False), ((2, 3), (3, 2), False)],
)  # fmt: skip
def test_the_shape_must_be_the_very_shape(got: tuple[int, ...], wanted: tuple[int, ...], same: bool):
    found = hold(np.zeros(got), truth(np.zeros(wanted)), RULES[0])
    assert found.passed is same
    if not same:
        assert (found.fault, found.got_shape, found.wanted_shape) == (Fault.SHAPE, got, wanted)


def test_what_cannot_be_read_is_a_fault_of_type_and_not_of_shape():
    assert compare(Value("NoneType", None, "nothing"), truth([1.0]), RULES[0]).fault is Fault.TYPE


def test_the_worst_number_is_the_one_farthest_off_for_what_is_allowed_there():
    found = hold([100.001, 0.002, 5.0], truth([100.0, 0.0, 5.0]), RULES[0])
    assert (found.index, found.got, found.wanted, found.wrong) == ((1,), 0.002, 0.0, 2)
    assert found.error == pytest.approx(0.002)
    assert (found.gap, found.allowed) == (pytest.approx(0.002), pytest.approx(1e-6))


def test_strays_are_counted():
    found = hold([np.nan, np.nan, np.inf, 1.0], truth([1.0, 1.0, 1.0, 1.0]), RULES[0])
    assert (found.nan_count, found.infinity_count, found.wrong, found.index) == (2, 1, 3, (0,))
