# expect: lstm_gates: saturated=failed
# expect: lstm_cell: h=failed c=failed saturated=skipped
# expect: lstm_forward: hs=failed cs=failed saturated=skipped
# expect: lstm_backward: saturated=failed
"""Sums cut off for fear of overflow; a few of a large batch are beyond 10 as well."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_gates(x, h_prev, W, U, b):
    i, f, g, o = np.split(np.clip(x @ W + h_prev @ U + b, -10, 10), 4, axis=1)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f * c_prev + i * g
    return o * np.tanh(c), c


def lstm_forward(xs, h0, c0, W, U, b):
    h, c, hs, cs = h0, c0, [], []
    for x in xs:
        h, c = lstm_cell(x, h, c, W, U, b)
        hs.append(h)
        cs.append(c)
    return np.array(hs), np.array(cs)


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    dh, dc, dW, dU, db = 0 * h0, 0 * c0, 0 * W, 0 * U, 0 * b
    dxs = np.zeros(xs.shape)
    for t in range(len(xs) - 1, -1, -1):
        h_prev, c_prev = (hs[t - 1], cs[t - 1]) if t else (h0, c0)
        i, f, g, o = lstm_gates(xs[t], h_prev, W, U, b)
        dh = dh + dhs[t]
        dc = dc + dh * o * (1 - np.tanh(cs[t]) ** 2)
        d_o = dh * np.tanh(cs[t]) * o * (1 - o)
        dz = np.concatenate([dc * g * i * (1 - i), dc * c_prev * f * (1 - f), dc * i * (1 - g**2), d_o], axis=1)
        dxs[t], dW, dU, db = dz @ W.T, dW + xs[t].T @ dz, dU + h_prev.T @ dz, db + dz.sum(axis=0)
        dh, dc = dz @ U.T, dc * f
    return dxs, dh, dc, dW, dU, db
