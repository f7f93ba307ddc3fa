"""The way of most course notes: one product, four slices, lists of states, a cache for the way back."""

import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def lstm_gates(x, h_prev, W, U, b):
    a = np.dot(x, W) + np.dot(h_prev, U) + b
    H = h_prev.shape[1]
    return (
        sigmoid(a[:, 0:H]),
        sigmoid(a[:, H : 2 * H]),
        np.tanh(a[:, 2 * H : 3 * H]),
        sigmoid(a[:, 3 * H :]),
    )


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f * c_prev + i * g
    return o * np.tanh(c), c


def lstm_forward(xs, h0, c0, W, U, b):
    T, N, _ = xs.shape
    hs = np.zeros((T, N, h0.shape[1]))
    cs = np.zeros_like(hs)
    h, c = h0, c0
    for t in range(T):
        h, c = lstm_cell(xs[t], h, c, W, U, b)
        hs[t], cs[t] = h, c
    return hs, cs


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    cache, h, c = [], h0, c0
    for x in xs:
        i, f, g, o = lstm_gates(x, h, W, U, b)
        before = h, c
        c = f * c + i * g
        h = o * np.tanh(c)
        cache.append((x, *before, i, f, g, o, np.tanh(c)))
    dxs, dW, dU, db = np.zeros_like(xs), np.zeros_like(W), np.zeros_like(U), np.zeros_like(b)
    dh_next, dc_next = np.zeros_like(h0), np.zeros_like(c0)
    for t in reversed(range(len(xs))):
        x, h_before, c_before, i, f, g, o, squashed = cache[t]
        dh = dhs[t] + dh_next
        dc = dc_next + dh * o * (1 - squashed**2)
        da = np.hstack(
            (
                dc * g * i * (1 - i),
                dc * c_before * f * (1 - f),
                dc * i * (1 - g**2),
                dh * squashed * o * (1 - o),
            )
        )
        dxs[t] = da.dot(W.T)
        dW += x.T.dot(da)
        dU += h_before.T.dot(da)
        db += da.sum(axis=0)
        dh_next, dc_next = da.dot(U.T), dc * f
    return dxs, dh_next, dc_next, dW, dU, db
