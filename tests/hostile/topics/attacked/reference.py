"""The functions that attacks pretend to be, as their authors should have written them."""

import numpy as np


def tanh(x):
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.where(x > 0, x, 0.0)


def relu_grad(x):
    return np.where(x > 0, 1.0, 0.0)


def lstm_gates(x, h, W, U, b):
    i, f, g, o = np.split(x @ W + h @ U + b, 4, axis=1)
    return sigmoid(i), sigmoid(f), tanh(g), sigmoid(o)


def lstm_cell(x, h, c, W, U, b):
    i, f, g, o = lstm_gates(x, h, W, U, b)
    c = f * c + i * g
    return o * tanh(c), c
