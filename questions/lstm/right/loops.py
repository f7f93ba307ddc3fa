"""Number by number in plain Python, without a product of matrices."""

import math

import numpy as np


def sigmoid(z):
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


def lstm_gates(x, h_prev, W, U, b):
    N, H = h_prev.shape
    gates = np.empty((4, N, H))
    for n in range(N):
        for column in range(4 * H):
            z = b[column]
            for d in range(x.shape[1]):
                z += x[n, d] * W[d, column]
            for k in range(H):
                z += h_prev[n, k] * U[k, column]
            block, unit = divmod(column, H)
            gates[block, n, unit] = math.tanh(z) if block == 2 else sigmoid(z)
    return tuple(gates)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    h, c = np.empty_like(h_prev), np.empty_like(c_prev)
    for n, k in np.ndindex(*c.shape):
        c[n, k] = f[n, k] * c_prev[n, k] + i[n, k] * g[n, k]
        h[n, k] = o[n, k] * math.tanh(c[n, k])
    return h, c


def lstm_forward(xs, h0, c0, W, U, b):
    if not len(xs):
        return np.empty((0, *h0.shape)), np.empty((0, *c0.shape))
    h, c = lstm_cell(xs[0], h0, c0, W, U, b)
    hs, cs = lstm_forward(xs[1:], h, c, W, U, b)
    return np.concatenate([[h], hs]), np.concatenate([[c], cs])
