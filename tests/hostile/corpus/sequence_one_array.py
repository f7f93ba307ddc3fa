"""Returns one array whose first axis counts four: right numbers, and four results as good as a list of them."""

# module: lstm
# expect: lstm_gates=passed
# neighbour: lstm_cell=passed

import numpy as np


def lstm_gates(x, h_prev, W, U, b):
    H = h_prev.shape[-1]
    parts = np.split(x @ W + h_prev @ U + b, 4, axis=-1)
    return np.stack([np.tanh(p) if at == 2 else 1 / (1 + np.exp(-p)) for at, p in enumerate(parts)])


def lstm_cell(x, h_prev, c_prev, W, U, b):
    H = c_prev.shape[-1]
    a = x @ W + h_prev @ U + b
    i, f, o = (1 / (1 + np.exp(-a[:, at * H : (at + 1) * H])) for at in (0, 1, 3))
    c = f * c_prev + i * np.tanh(a[:, 2 * H : 3 * H])
    return o * np.tanh(c), c
