# expect: lstm_cell: h=error c=error arguments=skipped
# expect: lstm_gates: i=error f=error g=error o=error arguments=skipped
"""A seventh argument that nobody gives; five where six come."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_gates(x, h_prev, weights):
    W, U, b = weights
    i, f, g, o = np.split(x @ W + h_prev @ U + b, 4, axis=1)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)


def lstm_cell(x, h_prev, c_prev, W, U, b, cache):
    i, f, g, o = lstm_gates(x, h_prev, (W, U, b))
    cache["gates"] = i, f, g, o
    c = f * c_prev + i * g
    return o * np.tanh(c), c
