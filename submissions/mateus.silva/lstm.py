import numpy as np
from activations import sigmoid

def lstm_gates(x, h_prev, W, U, b):
    a = x @ W
    a += h_prev @ U
    a += b
    i, f, g, o = np.split(a, 4, axis=1)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)

def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c_prev *= f
    c_prev += i * g
    h_prev[:] = o * np.tanh(c_prev)
    return h_prev, c_prev

def lstm_forward(xs, h0, c0, W, U, b):
    h, c = h0.copy(), c0.copy()
    hs, cs = [], []
    for x in xs:
        h, c = lstm_cell(x, h, c, W, U, b)
        hs.append(h)
        cs.append(c)
    return np.array(hs), np.array(cs)

def lstm_backward(dhs, xs, h0, c0, W, U, b):
    T = len(xs)
    hs = np.zeros((T + 1,) + h0.shape)
    cs = np.zeros((T + 1,) + c0.shape)
    hs[0], cs[0] = h0, c0
    gates = []
    for t in range(T):
        i, f, g, o = lstm_gates(xs[t], hs[t], W, U, b)
        gates.append((i, f, g, o))
        cs[t + 1] = f * cs[t] + i * g
        hs[t + 1] = o * np.tanh(cs[t + 1])
    dxs = np.zeros_like(xs)
    dW, dU, db = np.zeros_like(W), np.zeros_like(U), np.zeros_like(b)
    dc = np.zeros_like(c0)
    for t in reversed(range(T)):
        i, f, g, o = gates[t]
        tc = np.tanh(cs[t + 1])
        dh = dhs[t]
        dc = dc * 1.0
        dc += dh * o * (1 - tc ** 2)
        da = np.hstack([dc * g * i * (1 - i), dc * cs[t] * f * (1 - f), dc * i * (1 - g ** 2), dh * tc * o * (1 - o)])
        dxs[t] = da @ W.T
        dW += xs[t].T @ da
        dU += hs[t].T @ da
        db += da.sum(axis=0)
        dc *= f
        if t > 0:
            dhs[t - 1] += da @ U.T
        else:
            dh0 = da @ U.T
    return dxs, dh0, dc, dW, dU, db
