import numpy as np

from activations import sigmoid, tanh


def lstm_gates(x, h_prev, W, U, b):
    z = x @ W + h_prev @ U + b
    i, f, g, o = np.split(z, 4, axis=1)
    return sigmoid(i), sigmoid(f), tanh(g), sigmoid(o)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f * c_prev + i * g
    h = o * tanh(c)
    return h, c


def lstm_forward(xs, h0, c0, W, U, b):
    hs, cs = [], []
    for x in xs:
        h0, c0 = lstm_cell(x, h0, c0, W, U, b)
        hs.append(h0)
        cs.append(c0)
    return np.stack(hs), np.stack(cs)


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    dxs = np.zeros_like(xs)
    dh_next = np.zeros_like(h0)
    dc_next = np.zeros_like(c0)
    for t in reversed(range(len(xs))):
        h_prev = hs[t - 1] if t > 0 else h0
        c_prev = cs[t - 1] if t > 0 else c0
        i, f, g, o = lstm_gates(xs[t], h_prev, W, U, b)
        tc = tanh(cs[t])
        dh = dhs[t] + dh_next
        dc = dc_next + dh * o * (1 - tc ** 2)
        dz = np.concatenate([dc * g * i * (1 - i), dc * c_prev * f * (1 - f), dc * i * (1 - g ** 2), dh * tc * o * (1 - o)], axis=1)
        dxs[t] = dz @ W.T
        dh_next = dz @ U.T
        dc_next = dc * f
        dW = xs[t].T @ dz
        dU = h_prev.T @ dz
        db = dz.sum(axis=0)
    return dxs, dh_next, dc_next, dW, dU, db
