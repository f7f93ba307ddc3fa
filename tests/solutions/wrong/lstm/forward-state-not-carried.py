# expect: lstm_forward: hs=failed cs=failed arguments=skipped
"""Each step starts again from h0 and c0."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_gates(x, h_prev, W, U, b):
    i, f, g, o = np.split(x @ W + h_prev @ U + b, 4, axis=1)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f * c_prev + i * g
    return o * np.tanh(c), c


def lstm_forward(xs, h0, c0, W, U, b):
    steps = [lstm_cell(x, h0, c0, W, U, b) for x in xs]
    return np.array([h for h, c in steps]), np.array([c for h, c in steps])
