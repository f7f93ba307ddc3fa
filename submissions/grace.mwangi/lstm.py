import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_gates(x, h_prev, W, U, b):
    H = h_prev.shape[1]
    z = x @ W + h_prev @ U + b
    return sigmoid(z[:, :H]), sigmoid(z[:, H:2*H]), np.tanh(z[:, 2*H:3*H]), sigmoid(z[:, 3*H:])


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c_next = f * c_prev + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next


def lstm_forward(xs, h0, c0, W, U, b):
    h, c = h0, c0
    hs, cs = [], []
    for x in xs:
        h, c = lstm_cell(x, h, c, W, U, b)
        hs.append(h)
        cs.append(c)
    return np.array(hs), np.array(cs)


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    dW, dU, db = np.zeros_like(W), np.zeros_like(U), np.zeros_like(b)
    dxs = np.zeros_like(xs)
    dh, dc = np.zeros_like(h0), np.zeros_like(c0)
    t = len(xs) - 1
    while t >= 0:
        h_prev = hs[t - 1] if t > 0 else h0
        c_prev = cs[t - 1] if t > 0 else c0
        i, f, g, o = lstm_gates(xs[t], h_prev, W, U, b)
        dh = dh + dhs[t]
        dc = dc + dh * o * (1 - np.tanh(cs[t]) ** 2)
        dz = np.hstack([dc*g*i*(1-i), dc*c_prev*f*(1-f), dc*i*(1-g**2), dh*np.tanh(cs[t])*o*(1-o)])
        dW += xs[t].T @ dz
        dU += h_prev.T @ dz
        db += dz.sum(axis=0)
        dxs[t] = dz @ W.T
        dh = dz @ U.T
        dc = dc * f
        t -= 1
    return dxs, dh, dc, dW, dU, db
