"""LSTM values that others published, from inputs that they published; gate blocks are put into our order.

Each test says where its numbers stand. Published tests let many wrong LSTMs through, so these show that our
reference is the same LSTM as everybody's, not that a submission is right.
"""

from types import ModuleType

import numpy as np
import pytest


def from_ifog(columns: np.ndarray) -> np.ndarray:
    """Put blocks i, f, o, g (CS231n) into the order i, f, g, o, along the last axis."""
    i, f, o, g = np.split(columns, 4, axis=-1)
    return np.concatenate([i, f, g, o], axis=-1)


def from_iofc(rows: np.ndarray) -> np.ndarray:
    """Put blocks i, o, f, c of rows (ONNX) into columns in the order i, f, g, o."""
    i, o, f, c = np.split(rows, 4, axis=0)
    return np.concatenate([i, f, c, o], axis=0).T


def test_one_step_of_cs231n(lstm: ModuleType) -> None:
    """Stanford CS231n, assignment 3, notebook LSTM_Captioning, "LSTM: step forward"."""
    N, D, H = 3, 4, 5
    x = np.linspace(-0.4, 1.2, num=N * D).reshape(N, D)
    h_prev = np.linspace(-0.3, 0.7, num=N * H).reshape(N, H)
    c_prev = np.linspace(-0.4, 0.9, num=N * H).reshape(N, H)
    W = from_ifog(np.linspace(-2.1, 1.3, num=4 * D * H).reshape(D, 4 * H))
    U = from_ifog(np.linspace(-0.7, 2.2, num=4 * H * H).reshape(H, 4 * H))
    b = from_ifog(np.linspace(0.3, 0.7, num=4 * H))
    h, c = lstm.lstm_cell(x, h_prev, c_prev, W, U, b)
    assert h == pytest.approx(
        np.array(
            [
                [0.24635157, 0.28610883, 0.32240467, 0.35525807, 0.38474904],
                [0.49223563, 0.55611431, 0.61507696, 0.66844003, 0.7159181],
                [0.56735664, 0.66310127, 0.74419266, 0.80889665, 0.858299],
            ]
        ),
        abs=6e-9,
    )
    assert c == pytest.approx(
        np.array(
            [
                [0.32986176, 0.39145139, 0.451556, 0.51014116, 0.56717407],
                [0.66382255, 0.76674007, 0.87195994, 0.97902709, 1.08751345],
                [0.74192008, 0.90592151, 1.07717006, 1.25120233, 1.42395676],
            ]
        ),
        abs=6e-9,
    )


def test_a_sequence_of_cs231n(lstm: ModuleType) -> None:
    """Stanford CS231n, assignment 3, notebook LSTM_Captioning, "LSTM: forward"; batch first, c0 = 0."""
    N, D, H, T = 2, 5, 4, 3
    x = np.linspace(-0.4, 0.6, num=N * T * D).reshape(N, T, D)
    h0 = np.linspace(-0.4, 0.8, num=N * H).reshape(N, H)
    W = from_ifog(np.linspace(-0.2, 0.9, num=4 * D * H).reshape(D, 4 * H))
    U = from_ifog(np.linspace(-0.3, 0.6, num=4 * H * H).reshape(H, 4 * H))
    b = from_ifog(np.linspace(0.2, 0.7, num=4 * H))
    hs, _ = lstm.lstm_forward(x.swapaxes(0, 1), h0, np.zeros((N, H)), W, U, b)
    assert hs.swapaxes(0, 1) == pytest.approx(
        np.array(
            [
                [
                    [0.01764008, 0.01823233, 0.01882671, 0.0194232],
                    [0.11287491, 0.12146228, 0.13018446, 0.13902939],
                    [0.31358768, 0.33338627, 0.35304453, 0.37250975],
                ],
                [
                    [0.45767879, 0.4761092, 0.4936887, 0.51041945],
                    [0.6704845, 0.69350089, 0.71486014, 0.7346449],
                    [0.81733511, 0.83677871, 0.85403753, 0.86935314],
                ],
            ]
        ),
        abs=6e-9,
    )


class Onnx:
    """Inputs of ONNX Runtime's test/providers/cpu/rnn/deep_cpu_lstm_op_test.cc, LstmOpContext2x1x2x2."""

    W = np.array(
        [
            [-0.494659, 0.0453352], [-0.487793, 0.417264], [-0.0175329, 0.489074], [-0.446013, 0.414029],
            [-0.0091708, -0.255364], [-0.106952, -0.266717], [-0.0888852, -0.428709], [-0.283349, 0.208792],
        ]
    )  # fmt: skip
    R = np.array(
        [
            [0.146626, -0.0620289], [-0.0815302, 0.100482], [-0.219535, -0.306635], [-0.28515, -0.314112],
            [-0.228172, 0.405972], [0.31576, 0.281487], [-0.394864, 0.42111], [-0.386624, -0.390225],
        ]
    )  # fmt: skip
    B = np.array([0.381619, 0.0323954, -0.14449, 0.420804, -0.258721, 0.45056, -0.250755, 0.0967895])
    X = np.array([-0.455351, -0.276391, -0.185934, -0.269585]).reshape(2, 1, 2)


@pytest.mark.parametrize(
    ("c0", "hs", "last_c"),
    [
        ([0.0, 0.0], [0.01797521, -0.07104912, -0.03174796, -0.0152949], [-0.07285583, -0.02545788]),
        ([0.63, 0.21], [0.12797015, 0.0097284, 0.02716939, 0.01842997], [0.06408449, 0.03139432]),
    ],
    ids=["TestLSTMForwardHiddenState", "TestLSTMForwardCellState"],
)
def test_a_sequence_of_onnx_runtime(
    c0: list[float], hs: list[float], last_c: list[float], lstm: ModuleType
) -> None:
    """ONNX Runtime, deep_cpu_lstm_op_test.cc, the tests of these names; computed in float32 there."""
    states = np.array([[0.34, 0.72]]), np.array([c0])
    weights = from_iofc(Onnx.W), from_iofc(Onnx.R), from_iofc(Onnx.B.reshape(8, 1)).ravel()
    got_hs, got_cs = lstm.lstm_forward(Onnx.X, *states, *weights)
    assert got_hs.ravel() == pytest.approx(np.array(hs), abs=1e-7)
    assert got_cs[-1].ravel() == pytest.approx(np.array(last_c), abs=1e-7)


def test_simple_weights_of_onnx_runtime(lstm: ModuleType) -> None:
    """ONNX Runtime, deep_cpu_lstm_op_test.cc, ForwardSimpleWeightsNoBiasTwoRows; computed in float32 there."""
    x = np.array([1.0, 2.0, 10.0, 11.0]).reshape(2, 2, 1)
    rows = np.array([0.1, 0.2, 0.3, 0.4, 1, 2, 3, 4, 10, 11, 12, 13]).reshape(12, 1)
    zeros = np.zeros((2, 3))
    hs, cs = lstm.lstm_forward(x, zeros, zeros, from_iofc(rows), from_iofc(np.full((12, 3), 0.1)), np.zeros(12))
    assert hs.ravel() == pytest.approx(
        np.array(
            [
                0.28828835, 0.36581863, 0.45679406, 0.34526032, 0.47220859, 0.55850911,
                0.84196719, 0.89402526, 0.91073048, 0.85882828, 0.90703777, 0.92382453,
            ]
        ),
        abs=2e-7,
    )  # fmt: skip
    last = np.array([1.27731147, 1.44181041, 1.53179041, 1.3249796, 1.51063104, 1.61451544])
    assert cs[-1].ravel() == pytest.approx(last, abs=3e-7)


@pytest.mark.optional
def test_torch_gives_the_same_states_and_gradients(lstm: ModuleType) -> None:
    """PyTorch's nn.LSTM, whose blocks are i, f, g, o as ours are, in rows; two biases of which one is zero."""
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    T, N, D, H = 4, 2, 3, 5
    generator = np.random.default_rng(11)
    shapes = ((T, N, D), (N, H), (N, H), (D, 4 * H), (H, 4 * H), (4 * H,))
    drawn = [generator.normal(size=shape) for shape in shapes]
    dhs = generator.normal(size=(T, N, H))
    xs, h0, c0, W, U, b = (torch.tensor(array, requires_grad=True) for array in drawn)
    parameters = {
        "weight_ih_l0": W.T, "weight_hh_l0": U.T, "bias_ih_l0": b, "bias_hh_l0": torch.zeros(4 * H).double(),
    }  # fmt: skip
    module = torch.nn.LSTM(D, H).double()
    hs, (_, last_c) = torch.func.functional_call(module, parameters, (xs, (h0[None], c0[None])))
    (torch.tensor(dhs) * hs).sum().backward()
    ours_hs, ours_cs = lstm.lstm_forward(*drawn)
    assert ours_hs == pytest.approx(hs.detach().numpy(), abs=1e-13)
    assert ours_cs[-1] == pytest.approx(last_c[0].detach().numpy(), abs=1e-13)
    for ours, theirs in zip(lstm.lstm_backward(dhs, *drawn), (xs, h0, c0, W, U, b), strict=True):
        assert ours == pytest.approx(theirs.grad.numpy(), abs=1e-12)
