"""Homework 3, part 2: an LSTM, forward and backward.

Shapes: x (N, D), h and c (N, H), W (D, 4H), U (H, 4H), b (4H,). Gate blocks: i, f, g, o.
"""

import numpy as np

from activations import sigmoid


def lstm_gates(x, h_prev, W, U, b):
    z = x @ W + h_prev @ U + b
    H = h_prev.shape[1]
    i = sigmoid(z[:, :H])
    f = sigmoid(z[:, H:2 * H])
    g = np.tanh(z[:, 2 * H:3 * H])
    o = sigmoid(z[:, 3 * H:])
    return i, f, g, o


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f * c_prev + i * g
    h = o * np.tanh(c)
    return h, c


def lstm_forward(xs, h0, c0, W, U, b):
    h, c = h0, c0
    hs, cs = [], []
    for x in xs:
        h, c = lstm_cell(x, h, c, W, U, b)
        hs.append(h)
        cs.append(c)
    return np.stack(hs), np.stack(cs)


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    T = len(xs)
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)

    dxs = np.zeros_like(xs)
    dW, dU, db = np.zeros_like(W), np.zeros_like(U), np.zeros_like(b)
    dh_next, dc_next = np.zeros_like(h0), np.zeros_like(c0)

    for t in reversed(range(T)):
        h_prev = hs[t - 1] if t > 0 else h0
        c_prev = cs[t - 1] if t > 0 else c0
        i, f, g, o = lstm_gates(xs[t], h_prev, W, U, b)
        tc = np.tanh(cs[t])

        dh = dhs[t] + dh_next
        dc = dc_next + dh * o * (1 - tc ** 2)

        dz = np.concatenate([
            dc * g * i * (1 - i),
            dc * c_prev * f * (1 - f),
            dc * i * (1 - g ** 2),
            dh * tc * o * (1 - o),
        ], axis=1)

        dxs[t] = dz @ W.T
        dh_next = dz @ U.T
        dc_next = dc * f
        dW += xs[t].T @ dz
        dU += h_prev.T @ dz
        db += dz.sum(axis=0)

    return dxs, dh_next, dc_next, dW, dU, db
