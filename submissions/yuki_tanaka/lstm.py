import numpy as np

from activations import sigmoid


def lstm_gates(x, h_prev, params):
    W, U, b = params
    z = x @ W + h_prev @ U + b
    i, f, g, o = np.split(z, 4, axis=1)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)


def lstm_cell(x, state, params):
    h_prev, c_prev = state
    i, f, g, o = lstm_gates(x, h_prev, params)
    c = f * c_prev + i * g
    return o * np.tanh(c), c


def lstm_forward(xs, h0, c0, W, U, b):
    hs, cs = [], []
    h, c = h0, c0
    for x in xs:
        h, c = lstm_cell(x, (h, c), (W, U, b))
        hs.append(h)
        cs.append(c)
    return np.stack(cs), np.stack(hs)


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    cs, hs = lstm_forward(xs, h0, c0, W, U, b)
    dW, dU, db = np.zeros_like(W), np.zeros_like(U), np.zeros_like(b)
    dxs = np.zeros_like(xs)
    dh, dc = np.zeros_like(h0), np.zeros_like(c0)
    for t in reversed(range(len(xs))):
        h_prev, c_prev = (hs[t - 1], cs[t - 1]) if t else (h0, c0)
        i, f, g, o = lstm_gates(xs[t], h_prev, (W, U, b))
        dh = dh + dhs[t]
        dc = dc + dh * o * (1 - np.tanh(cs[t]) ** 2)
        dz = np.hstack([
            dc * g * sigmoid_slope(i),
            dc * c_prev * sigmoid_slope(f),
            dc * i * (1 - g ** 2),
            dh * np.tanh(cs[t]) * sigmoid_slope(o),
        ])
        dxs[t] = dz @ W.T
        dW += xs[t].T @ dz
        dU += h_prev.T @ dz
        db += dz.sum(axis=0)
        dh, dc = dz @ U.T, dc * f
    return dxs, dc, dh, dW, dU, db


def sigmoid_slope(y):
    return y * (1 - y)
