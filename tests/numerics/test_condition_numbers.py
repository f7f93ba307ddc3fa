from types import ModuleType

import mpmath
import numpy as np
import pytest

from grader.numerics.condition import CHAOTIC, amplification, condition_number
from grader.numerics.probes import probe

EPS = float(np.finfo(float).eps)


def finite(name: str) -> np.ndarray:
    numbers = probe(name)
    return numbers[np.isfinite(numbers) & (numbers != 0)]


@pytest.mark.parametrize("name", ["magnitudes", "whole-range"])
def test_kappa_of_tanh_is_2x_over_sinh_2x(name: str, activations: ModuleType) -> None:
    x = finite(name)
    kappa = condition_number(activations.tanh, x)
    with mpmath.workprec(200):
        for number, got in zip(x.tolist(), kappa.tolist(), strict=True):
            wanted = 2 * mpmath.mpf(number) / mpmath.sinh(2 * number) if abs(number) < 1e4 else mpmath.mpf(0)
            assert abs(got - wanted) <= 1e-9, number


def test_kappa_of_the_others_has_its_closed_form(activations: ModuleType) -> None:
    x = finite("whole-range")
    x = x[np.abs(x) < 700]
    with mpmath.workprec(200):
        sigmoid = [float(number * (1 - 1 / (1 + mpmath.exp(-number)))) for number in map(mpmath.mpf, x)]
        tanh_grad = [float(2 * number * mpmath.tanh(number)) for number in map(mpmath.mpf, x)]
    assert condition_number(activations.sigmoid, x) == pytest.approx(np.abs(sigmoid), rel=1e-8, abs=1e-8)
    assert condition_number(activations.tanh_grad, x) == pytest.approx(np.abs(tanh_grad), rel=1e-8, abs=1e-8)


def test_kappa_where_it_is_a_limit_or_means_nothing(activations: ModuleType) -> None:
    x = np.array([0.0, -0.0, np.inf, -np.inf, np.nan])
    assert condition_number(activations.tanh, x).tolist() == [1, 1, 0, 0, 0]
    assert condition_number(activations.sigmoid, x).tolist() == [0, 0, 0, 0, 0]
    assert condition_number(activations.relu, np.array([[-2.0, 3.0]])).tolist() == [[0, 1]]


def test_kappa_of_a_power_is_its_exponent() -> None:
    x = np.array([-7.0, 1e-200, 0.3, 1e100])
    assert condition_number(lambda x: x**3, x) == pytest.approx([3, 3, 3, 3])


def test_a_sum_of_numbers_of_one_sign_does_not_amplify() -> None:
    (factor,) = amplification(lambda x: np.sum(x, keepdims=True), [np.arange(1.0, 50.0)])
    assert factor <= 1


def test_a_difference_of_neighbours_amplifies_by_what_cancels() -> None:
    factors = amplification(lambda x, y: x - y, [np.array([1.0]), np.array([1 - 1e-6])], trials=8)
    assert factors[0] == pytest.approx(2e6, rel=1e-3)
    assert factors[0] > CHAOTIC


def test_whole_numbers_are_not_moved_and_what_stays_is_not_amplified() -> None:
    assert amplification(np.exp, [np.array([3])]) == (0.0,)
    assert amplification(lambda x: 0 * x, [np.array([3.0])]) == (0.0,)


def test_each_result_has_its_own() -> None:
    first, second = amplification(lambda x: (x, x**2 - 2), [np.array([1.4142])], results=2)
    assert first <= 1.01
    assert second > 1e4


def test_amplification_is_reproducible(lstm: ModuleType) -> None:
    generator = np.random.default_rng(0)
    arguments = [generator.normal(size=shape) for shape in ((2, 3), (2, 4), (2, 4), (3, 16), (4, 16), (16,))]
    assert amplification(lstm.lstm_cell, arguments, results=2) == amplification(
        lstm.lstm_cell, arguments, results=2
    )


def test_right_code_stays_within_twice_the_amplification(lstm: ModuleType) -> None:
    """What float64 makes of the reference is within 2 A eps of the exact value, normwise."""
    from grader.numerics.exact import evaluate

    generator = np.random.default_rng(1)
    for _ in range(5):
        shapes = ((4, 2, 3), (2, 5), (2, 5), (3, 20), (5, 20), (20,))
        arguments = [generator.normal(size=shape) for shape in shapes]
        factors = amplification(lstm.lstm_forward, arguments, results=2)
        got, proven = lstm.lstm_forward(*arguments), evaluate(lstm.lstm_forward, arguments, results=2)
        for factor, tensor, truth in zip(factors, got, proven, strict=True):
            error = np.abs(tensor - truth.nearest).max() / np.abs(truth.nearest).max()
            assert error <= 2 * max(factor, 1) * EPS


def test_huge_weights_make_an_lstm_unfit_for_grading(lstm: ModuleType) -> None:
    generator = np.random.default_rng(2)
    H = 16
    shapes = ((30, 1, H), (1, H), (1, H), (H, 4 * H), (H, 4 * H), (4 * H,))
    arguments = [generator.normal(size=shape) for shape in shapes]
    arguments[4] *= 8
    assert max(amplification(lstm.lstm_forward, arguments, results=2, trials=1)) > CHAOTIC
