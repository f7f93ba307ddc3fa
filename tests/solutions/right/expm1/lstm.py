import numpy as np


def tanh(x):
    q = np.expm1(2 * np.clip(x, -25, 25))
    return q / (q + 2)


def sigmoid(x):
    return (1 + tanh(x / 2)) / 2


def lstm_gates(x, h_prev, W, U, b):
    z = x @ W + h_prev @ U + b
    i, f, g, o = np.split(z, 4, axis=1)
    return sigmoid(i), sigmoid(f), tanh(g), sigmoid(o)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f * c_prev + i * g
    return o * tanh(c), c


def lstm_forward(xs, h0, c0, W, U, b):
    hs, cs = np.empty((2, len(xs), *h0.shape))
    for t, x in enumerate(xs):
        hs[t], cs[t] = lstm_cell(x, hs[t - 1] if t else h0, cs[t - 1] if t else c0, W, U, b)
    return hs, cs
