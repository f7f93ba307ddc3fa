"""Gradients proved against numerical differentiation of their own function, and wrong ones found out."""

from types import ModuleType

import mpmath
import numpy as np
import pytest

from grader.numerics.derivative import PROVEN_GAP, elementwise_gap, tensor_gaps
from grader.numerics.probes import probe

NAMES = ("dxs", "dh0", "dc0", "dW", "dU", "db")


def arguments(T: int, N: int, D: int, H: int) -> tuple[list[np.ndarray], np.ndarray]:
    """Return strong inputs of lstm_forward, and what reaches its hidden states."""
    generator = np.random.default_rng(T * N + D * H)
    shapes = ((T, N, D), (N, H), (N, H), (D, 4 * H), (H, 4 * H), (4 * H,))
    scales = (1, 1.5, 1.5, 0.5, 0.5, 1)
    drawn = [scale * generator.normal(size=shape).round(3) for scale, shape in zip(scales, shapes, strict=True)]
    return drawn, generator.normal(size=(T, N, H)).round(3)


def lstm_gaps(lstm: ModuleType, *sizes: int) -> dict[str, float]:
    drawn, dhs = arguments(*sizes)
    gaps = tensor_gaps(lambda *a: lstm.lstm_forward(*a)[0], lstm.lstm_backward, drawn, dhs)
    return dict(zip(NAMES, gaps, strict=True))


@pytest.mark.parametrize("sizes", [(1, 1, 1, 1), (4, 2, 3, 5), (1, 2, 3, 4), (3, 3, 3, 3)])
def test_the_backward_pass_is_the_gradient_of_the_forward_pass(sizes: tuple[int, ...], lstm: ModuleType) -> None:
    gaps = lstm_gaps(lstm, *sizes)
    assert max(gaps.values()) < PROVEN_GAP
    assert max(gaps.values()) < 1e-50


def test_large_tensors_are_proved_along_random_directions(lstm: ModuleType) -> None:
    assert max(lstm_gaps(lstm, 3, 8, 8, 8).values()) < PROVEN_GAP
    lstm.d_candidate = lambda at: at.dc * at.i * (1 - at.g)
    assert min(lstm_gaps(lstm, 3, 8, 8, 8).values()) > 1e-3


WRONG_STEPS = {
    "cell_gradient": (lambda at: at.dh * at.o * (1 - np.tanh(at.c) ** 2), set(NAMES)),
    "d_output_gate": (lambda at: at.dc * np.tanh(at.c) * at.o * (1 - at.o), set(NAMES)),
    "add_recurrent_weights": (lambda dU, dz, at: dU + at.h.T @ dz, {"dU"}),
    "add_bias": (lambda _, dz: dz.sum(axis=0), {"db"}),
    "cell_gradient_before": (lambda at: at.dc, set(NAMES)),
    "gradients": (lambda dxs, dh0, dc0, dW, dU, db: (dxs, dc0, dh0, dW, dU, db), {"dh0", "dc0"}),
    "input_gradient": (lambda dz, W: -dz @ W.T, {"dxs"}),
    "hidden_gradient": (lambda dh_loss, dh_next: dh_loss + 2 * dh_next, set(NAMES)),
}


@pytest.mark.parametrize("step", WRONG_STEPS)
def test_a_wrong_step_is_found_in_exactly_the_gradients_that_it_spoils(step: str, lstm: ModuleType) -> None:
    wrong, spoiled = WRONG_STEPS[step]
    setattr(lstm, step, wrong)
    gaps = lstm_gaps(lstm, 3, 2, 2, 3)
    assert {name for name, gap in gaps.items() if gap > PROVEN_GAP} == spoiled


def test_a_gradient_of_another_shape_is_infinitely_wrong(lstm: ModuleType) -> None:
    lstm.gradients = lambda dxs, dh0, dc0, dW, dU, db: (dxs, dh0, dc0, dW.T, dU, db)
    assert lstm_gaps(lstm, 2, 1, 2, 3)["dW"] == np.inf


@pytest.mark.parametrize("name", ["tanh", "sigmoid", "relu"])
def test_the_derivative_of_an_activation_is_its_derivative_everywhere(name: str, activations: ModuleType) -> None:
    x = np.concatenate([probe("whole-range"), probe("magnitudes")[::7]])
    x = x[x != 0] if name == "relu" else x
    gap = elementwise_gap(getattr(activations, name), getattr(activations, f"{name}_grad"), x)
    assert gap < PROVEN_GAP


def test_a_wrong_derivative_is_found(activations: ModuleType) -> None:
    x = np.array([-1.0, 0.3])
    assert elementwise_gap(activations.tanh, lambda x: 1 - x**2, x) > 0.1
    assert elementwise_gap(activations.tanh, lambda x: activations.tanh_grad(x) * (1 + 1e-15), x) > 1e-16
    assert elementwise_gap(activations.relu, activations.relu_grad, np.array([0.0])) == pytest.approx(0.5)


def test_a_function_and_a_derivative_from_a_textbook() -> None:
    """The sine, which no shipped reference uses; mpmath agrees on its slope."""
    x = np.array([-2.0, 1e-200, 0.0, 7.5])
    assert elementwise_gap(np.sin, np.cos, x) < 1e-50
    with mpmath.workprec(100):
        assert float(mpmath.diff(mpmath.sin, 7.5)) == pytest.approx(np.cos(7.5))
