import numpy as np

F = np.float32


def sigmoid(z):
    return F(1) / (F(1) + np.exp(-z))


def to_single(*arrays):
    return [np.asarray(a).astype(F) for a in arrays]


def lstm_gates(x, h_prev, W, U, b):
    x, h_prev, W, U, b = to_single(x, h_prev, W, U, b)
    i, f, g, o = np.split(x @ W + h_prev @ U + b, 4, axis=1)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f * c_prev.astype(F) + i * g
    return o * np.tanh(c), c


def lstm_forward(xs, h0, c0, W, U, b):
    h, c = to_single(h0, c0)
    hs = np.zeros((len(xs),) + h.shape, dtype=F)
    cs = np.zeros((len(xs),) + c.shape, dtype=F)
    for t in range(len(xs)):
        h, c = hs[t], cs[t] = lstm_cell(xs[t], h, c, W, U, b)
    return hs, cs


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    dhs, xs, h0, c0, W, U, b = to_single(dhs, xs, h0, c0, W, U, b)
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    dxs, dW, dU, db = np.zeros_like(xs), np.zeros_like(W), np.zeros_like(U), np.zeros_like(b)
    dh, dc = np.zeros_like(h0), np.zeros_like(c0)
    for t in reversed(range(len(xs))):
        hp, cp = (hs[t - 1], cs[t - 1]) if t > 0 else (h0, c0)
        i, f, g, o = lstm_gates(xs[t], hp, W, U, b)
        tc = np.tanh(cs[t])
        dh = dh + dhs[t]
        dc = dc + dh * o * (1 - tc ** 2)
        dz = np.hstack([dc * g * i * (1 - i), dc * cp * f * (1 - f), dc * i * (1 - g ** 2), dh * tc * o * (1 - o)])
        dxs[t] = dz @ W.T
        dW += xs[t].T @ dz
        dU += hp.T @ dz
        db += dz.sum(0)
        dh, dc = dz @ U.T, dc * f
    return dxs, dh, dc, dW, dU, db
