"""Gradients of functions that are known by their values only, and slopes along directions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.numerics.slopes import DIRECTIONS, agrees, gradients, moves


def smooth(arguments):
    x, W = arguments
    return np.sum(np.tanh(x @ W) ** 2)


def smooth_gradients(x, W):
    t = np.tanh(x @ W)
    dz = 2 * t * (1 - t**2)
    return dz @ W.T, x.T @ dz


@given(st.integers(0, 2**32), st.integers(1, 4), st.integers(1, 4), st.integers(1, 4))
def test_smooth_code_is_derived_to_the_last_digits(seed, n, d, h):
    generator = np.random.default_rng(seed)
    x, W = generator.normal(size=(n, d)), generator.normal(size=(d, h))
    found = gradients(smooth, [x, W])
    assert found is not None
    for got, wanted in zip(found, smooth_gradients(x, W), strict=True):
        assert np.abs(got - wanted).max() <= 1e-14 * max(1.0, np.abs(wanted).max())


CASTS = {
    "an absolute value": lambda x: np.sum(x * np.abs(x)),
    "a cast to float64": lambda x: np.sum(np.asarray(x, np.float64) ** 2 * np.sign(np.asarray(x, np.float64))),
    "float()": lambda x: sum(float(v) * abs(float(v)) for v in x),
    "a buffer of floats": lambda x: np.sum(np.add(np.zeros(x.shape), np.real(x)) * np.abs(np.real(x))),
}


@pytest.mark.parametrize("cast", CASTS)
def test_code_that_loses_the_imaginary_part_is_derived_by_differences(cast):
    """The complex step gives another number there, or an error; what it gives is not believed."""
    x = np.array([-1.5, -0.25, 0.5, 2.0])
    found = gradients(lambda arguments: CASTS[cast](arguments[0]), [x])
    assert found is not None
    np.testing.assert_allclose(found[0], 2 * np.abs(x), rtol=1e-9)


@pytest.mark.parametrize(
    "function",
    [
        lambda x: np.sum(np.sqrt(x)),  # nan at negative numbers
        lambda x: np.sum(np.floor(x * 2.0**30)),  # steps: no gradient anywhere
        lambda x: x.undefined,
        lambda x: np.sum(x) * np.inf,
        lambda x: x,  # no number
    ],
)
def test_what_has_no_gradient_has_none(function):
    assert gradients(lambda arguments: function(arguments[0]), [np.array([-1.5, 0.3, 0.75])]) is None


def test_arguments_are_left_alone():
    x, W = np.ones((2, 3)), np.ones((3, 2))

    def spoils(arguments):
        total = smooth(arguments)
        for one in arguments:
            one[...] = 0
        return total

    assert gradients(spoils, [x, W]) is not None
    assert x.all()
    assert W.all()


def test_a_direction_moves_every_number_and_is_always_the_same():
    at = np.zeros((3, 4))
    first, again = moves(at), moves(at)
    assert len(first) == DIRECTIONS
    for one, other in zip(first, again, strict=True):
        assert np.array_equal(one.direction, other.direction)
        assert one.direction.all()
        assert np.linalg.norm(one.direction) == pytest.approx(1)
        assert np.array_equal(one.forth, -one.back)
    assert abs(np.sum(first[0].direction * first[1].direction)) < 0.99


@given(st.integers(0, 2**32), st.floats(-3, 3))
def test_a_slope_is_told_from_that_of_another_gradient(seed, factor):
    """One that is a hundredth off, or not there at all, does not agree."""
    generator = np.random.default_rng(seed)
    x, W = generator.normal(size=(3, 4)), generator.normal(size=(4, 2))
    dx, _ = smooth_gradients(x, W)
    for moved in moves(x):
        slope = moved.slope(smooth([moved.forth, W]), smooth([moved.back, W]))
        along = float(np.sum(dx * moved.direction))
        assert agrees(dx, moved, slope)
        assert not agrees(dx, moved, float("nan"))
        if abs(along) > 0.2 * np.linalg.norm(dx) and abs(factor - 1) > 0.01:
            assert not agrees(dx, moved, factor * slope)
