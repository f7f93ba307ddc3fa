"""Column-major, reversed and strided results: the values count, not the layout."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def strided(a):
    wide = np.full((*a.shape[:-1], 2 * a.shape[-1]), np.nan)
    wide[..., ::2] = a
    return wide[..., ::2]


def backwards(a):
    return np.ascontiguousarray(a[::-1])[::-1]


def lstm_gates(x, h_prev, W, U, b):
    i, f, g, o = np.split((W.T @ x.T + U.T @ h_prev.T + b[:, None]), 4)   # (4H, N)
    return sigmoid(i).T, sigmoid(f).T, np.tanh(g).T, sigmoid(o).T


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = np.asfortranarray(f * c_prev + i * g)
    return strided(o * np.tanh(c)), c


def lstm_forward(xs, h0, c0, W, U, b):
    hs, cs = np.empty((*h0.shape, len(xs))), np.empty((*c0.shape, len(xs)))   # time last
    h, c = h0, c0
    for t, x in enumerate(xs):
        h, c = lstm_cell(x, h, c, W, U, b)
        hs[..., t], cs[..., t] = h, c
    return np.moveaxis(hs, -1, 0), backwards(np.moveaxis(cs, -1, 0))


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    dxs, dW, dU, db = np.zeros(xs.shape, order="F"), np.zeros_like(W.T), np.zeros_like(U.T), np.zeros_like(b)
    dh, dc = np.zeros(h0.shape, order="F"), np.zeros(c0.shape, order="F")
    for t in reversed(range(len(xs))):
        h_in, c_in = (hs[t - 1], cs[t - 1]) if t > 0 else (h0, c0)
        i, f, g, o = lstm_gates(xs[t], h_in, W, U, b)
        s = np.tanh(cs[t])
        dh = dh + dhs[t]
        dc = dc + dh * o * (1 - s**2)
        dz = np.vstack([(dc * g * i * (1 - i)).T, (dc * c_in * f * (1 - f)).T, (dc * i * (1 - g**2)).T, (dh * s * o * (1 - o)).T])
        dxs[t] = (W @ dz).T
        dW += dz @ xs[t]
        dU += dz @ h_in
        db += dz.sum(axis=1)
        dh, dc = (U @ dz).T, dc * f
    return dxs, dh, strided(dc), dW.T, dU.T, db[::-1].copy()[::-1]
