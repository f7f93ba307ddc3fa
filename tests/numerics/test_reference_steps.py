"""The references are built from steps that can be replaced: each is alive, and looked up when it is used."""

import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from grader.numerics.exact import evaluate

ACTIVATIONS = ("tanh", "tanh_grad", "sigmoid", "sigmoid_grad", "relu", "relu_grad")
LSTM = {"lstm_gates": 4, "lstm_cell": 2, "lstm_forward": 2, "lstm_backward": 6}
PARAMETERS = {
    "lstm_gates": "x h_prev W U b",
    "lstm_cell": "x h_prev c_prev W U b",
    "lstm_forward": "xs h0 c0 W U b",
    "lstm_backward": "dhs xs h0 c0 W U b",
}
T, N, D, H = 4, 2, 3, 5


def inputs() -> dict[str, np.ndarray]:
    generator = np.random.default_rng(7)
    shapes = {
        "xs": (T, N, D), "h0": (N, H), "c0": (N, H), "W": (D, 4 * H), "U": (H, 4 * H), "b": (4 * H,),
        "dhs": (T, N, H),
    }  # fmt: skip
    drawn = {name: generator.normal(size=shape) for name, shape in shapes.items()}
    return drawn | {"x": drawn["xs"][0], "h_prev": drawn["h0"], "c_prev": drawn["c0"]}


def arguments_of(name: str) -> list[np.ndarray]:
    drawn = inputs()
    return [drawn[parameter] for parameter in PARAMETERS[name].split()]


def call(lstm: ModuleType, name: str) -> list[np.ndarray]:
    return list(getattr(lstm, name)(*arguments_of(name)))


def everything(lstm: ModuleType) -> list[np.ndarray]:
    return [tensor for name in LSTM for tensor in call(lstm, name)]


def steps_of(module: ModuleType) -> list[str]:
    functions = inspect.getmembers(module, inspect.isfunction)
    return [name for name, function in functions if function.__module__ == module.__name__]


def test_the_steps_are_fine_grained(lstm: ModuleType, activations: ModuleType) -> None:
    assert len(steps_of(lstm)) >= 30
    assert len(steps_of(activations)) >= 10
    for module in (lstm, activations):
        for name in steps_of(module):
            assert len(inspect.getsource(getattr(module, name)).splitlines()) <= 18


def spoil(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return the step with another result."""

    def other(returned: Any) -> Any:
        if isinstance(returned, tuple | list):
            return type(returned)(other(part) for part in returned)
        return returned + 0.125

    return lambda *arguments: other(original(*arguments))


LSTM_STEPS = [
    "add_bias",
    "add_input_weights",
    "add_recurrent_weights",
    "add_weights",
    "backward_order",
    "candidate",
    "carried_on",
    "cell_before",
    "cell_gradient",
    "cell_gradient_before",
    "cell_update",
    "collected",
    "d_candidate",
    "d_forget_gate",
    "d_input_gate",
    "d_output_gate",
    "forget_gate",
    "forward_order",
    "from_input",
    "from_later",
    "from_state",
    "gate_gradient",
    "gates_again",
    "gradients",
    "hidden_before",
    "hidden_gradient",
    "hidden_gradient_before",
    "hidden_state",
    "initial_state",
    "input_at",
    "input_gate",
    "input_gradient",
    "join_gates",
    "lstm_cell",
    "lstm_forward",
    "lstm_gates",
    "output_gate",
    "pre_activation",
    "sigmoid",
    "split_gates",
    "state_before",
    "upstream",
]


def test_no_step_is_forgotten_here(lstm: ModuleType) -> None:
    assert sorted([*LSTM_STEPS, "lstm_backward"]) == steps_of(lstm)


ORDERS = {"forward_order": lambda xs: reversed(range(len(xs))), "backward_order": lambda xs: range(len(xs))}


@pytest.mark.parametrize("step", LSTM_STEPS)
def test_replacing_one_step_of_the_lstm_changes_some_result(step: str, lstm: ModuleType) -> None:
    before = everything(lstm)
    setattr(lstm, step, ORDERS.get(step) or spoil(getattr(lstm, step)))
    after = everything(lstm)
    assert any(b.shape != a.shape or not np.allclose(b, a) for b, a in zip(before, after, strict=True))


@pytest.mark.parametrize(
    "step",
    [
        "sign",
        "tanh_numerator",
        "tanh_denominator",
        "tanh_slope",
        "sigmoid_numerator",
        "sigmoid_denominator",
        "sigmoid_slope",
        "is_active",
        "tanh",
        "sigmoid",
    ],
)
def test_replacing_one_step_of_an_activation_changes_some_result(step: str, activations: ModuleType) -> None:
    x = np.array([-2.0, -0.5, 0.5, 2.0])
    before = [getattr(activations, name)(x) for name in ACTIVATIONS]
    original = getattr(activations, step)
    setattr(activations, step, lambda *a: ~original(*a) if step == "is_active" else original(*a) + 0.125)
    after = [getattr(activations, name)(x) for name in ACTIVATIONS]
    assert not all(np.allclose(b, a) for b, a in zip(before, after, strict=True))


@pytest.mark.parametrize("name", LSTM)
def test_plain_floats_give_what_is_proven(name: str, lstm: ModuleType) -> None:
    arguments, function = arguments_of(name), getattr(lstm, name)
    proven = evaluate(function, arguments, results=LSTM[name])
    for tensor, truth in zip(function(*arguments), proven, strict=True):
        assert tensor.dtype == np.float64
        assert np.abs(tensor - truth.nearest).max() <= 64 * np.finfo(float).eps * np.abs(truth.nearest).max()


@pytest.mark.parametrize("name", LSTM)
def test_arguments_are_left_alone(name: str, lstm: ModuleType) -> None:
    arguments, function = arguments_of(name), getattr(lstm, name)
    copies = [argument.copy() for argument in arguments]
    function(*arguments)
    assert all((a == b).all() for a, b in zip(arguments, copies, strict=True))


def test_the_complex_step_agrees_with_the_backward_pass(lstm: ModuleType) -> None:
    """An oracle by other means: Im f(x + ih) / h in complex128."""
    drawn = inputs()
    names = ("xs", "h0", "c0", "W", "U", "b")
    gradients = lstm.lstm_backward(drawn["dhs"], *[drawn[name] for name in names])
    for name, gradient in zip(names, gradients, strict=True):
        for place in [(0,) * gradient.ndim, tuple(size - 1 for size in gradient.shape)]:
            moved = {key: drawn[key].astype(complex) for key in names}
            moved[name][place] += 1e-30j
            loss = np.sum(drawn["dhs"] * lstm.lstm_forward(*moved.values())[0])
            assert loss.imag / 1e-30 == pytest.approx(gradient[place], rel=1e-12, abs=1e-14)
