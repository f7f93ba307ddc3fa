"""Converts to another framework's layout first: (4H, D) weights and two bias vectors."""
import numpy as np


class Converted:
    def __init__(self, W, U, b):
        self.weight_ih = W.T.copy()
        self.weight_hh = U.T.copy()
        self.bias_ih = 0.5 * b
        self.bias_hh = 0.5 * b


def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


def gates(p, x, h):
    z = x @ p.weight_ih.T + p.bias_ih + h @ p.weight_hh.T + p.bias_hh
    i, f, g, o = np.split(z, 4, axis=1)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)


def lstm_gates(x, h_prev, W, U, b):
    return gates(Converted(W, U, b), x, h_prev)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = gates(Converted(W, U, b), x, h_prev)
    c = f * c_prev + i * g
    return o * np.tanh(c), c


def lstm_forward(xs, h0, c0, W, U, b):
    p, h, c = Converted(W, U, b), h0, c0
    out = np.empty((2, *xs.shape[:2], h0.shape[1]))
    for t, x in enumerate(xs):
        i, f, g, o = gates(p, x, h)
        c = f * c + i * g
        h = o * np.tanh(c)
        out[:, t] = h, c
    return tuple(out)               # (2, T, N, H): its two halves are hs and cs
