import numpy as np


def listed(function):
    def call(*arguments):
        return [np.asarray(result).tolist() for result in function(*arguments)]
    return call


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _gates(x, h, W, U, b):
    i, f, g, o = np.split(x @ W + h @ U + b, 4, axis=1)
    return _sigmoid(i), _sigmoid(f), np.tanh(g), _sigmoid(o)


def _cell(x, h, c, W, U, b):
    i, f, g, o = _gates(x, h, W, U, b)
    c = f * c + i * g
    return o * np.tanh(c), c


def _forward(xs, h, c, W, U, b):
    out = []
    for x in xs:
        h, c = _cell(x, h, c, W, U, b)
        out.append([h, c])
    return list(zip(*out))


lstm_gates, lstm_cell, lstm_forward = listed(_gates), listed(_cell), listed(_forward)
