"""A sequence is one step and the rest of the sequence; so is its gradient."""
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
    if len(xs) == 0:
        return np.empty((0, *h0.shape)), np.empty((0, *c0.shape))
    h, c = lstm_cell(xs[0], h0, c0, W, U, b)
    hs, cs = lstm_forward(xs[1:], h, c, W, U, b)
    return np.concatenate([h[None], hs]), np.concatenate([c[None], cs])


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    if len(xs) == 0:
        return np.empty(xs.shape), np.zeros_like(h0), np.zeros_like(c0), np.zeros_like(W), np.zeros_like(U), np.zeros_like(b)
    i, f, g, o = lstm_gates(xs[0], h0, W, U, b)
    c = f * c0 + i * g
    s = np.tanh(c)
    dxs, dh, dc, dW, dU, db = lstm_backward(dhs[1:], xs[1:], o * s, c, W, U, b)
    dh = dh + dhs[0]
    dc = dc + dh * o * (1 - s * s)
    dz = np.hstack([dc * g * i * (1 - i), dc * c0 * f * (1 - f), dc * i * (1 - g * g), dh * s * o * (1 - o)])
    dxs = np.concatenate([(dz @ W.T)[None], dxs])
    return dxs, dz @ U.T, dc * f, dW + xs[0].T @ dz, dU + h0.T @ dz, db + dz.sum(axis=0)
