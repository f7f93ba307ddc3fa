import numpy as np

# batch first, as in Keras: xs is (N, T, D)

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_gates(x, h_prev, W, U, b):
    i, f, g, o = np.split(x @ W + h_prev @ U + b, 4, axis=1)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)

def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f * c_prev + i * g
    return o * np.tanh(c), c

def lstm_forward(xs, h0, c0, W, U, b):
    h, c = h0, c0
    hs, cs = [], []
    for t in range(xs.shape[0]):
        h, c = lstm_cell(xs[t], h, c, W, U, b)
        hs.append(h)
        cs.append(c)
    return np.stack(hs, axis=1), np.stack(cs, axis=1)

def lstm_backward(dhs, xs, h0, c0, W, U, b):
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    hs, cs = hs.transpose(1, 0, 2), cs.transpose(1, 0, 2)
    dxs = np.zeros_like(xs)
    dW, dU, db = np.zeros_like(W), np.zeros_like(U), np.zeros_like(b)
    dh_next, dc_next = np.zeros_like(h0), np.zeros_like(c0)
    for t in reversed(range(len(xs))):
        h_prev = hs[t - 1] if t > 0 else h0
        c_prev = cs[t - 1] if t > 0 else c0
        i, f, g, o = lstm_gates(xs[t], h_prev, W, U, b)
        dh = dhs[t] + dh_next
        dc = dh * o * (1 - np.tanh(cs[t])**2)          # + dc_next?
        dz = np.hstack([dc*g*i*(1-i), dc*c_prev*f*(1-f), dc*i*(1-g**2), dh*np.tanh(cs[t])*o*(1-o)])
        dxs[t] = dz @ W.T
        dW += xs[t].T @ dz
        dU += h_prev.T @ dz
        db += dz.sum(axis=0)
        dh_next = dz @ U.T
        dc_next = dc * f
    return dxs, dh_next, dc_next, dW, dU, db
