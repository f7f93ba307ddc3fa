"""[x, h] @ [[W], [U]] + b, in the forward and in the backward pass."""
import numpy as np


def sigmoid(z):
    return 0.5 * (np.tanh(0.5 * z) + 1)


def lstm_gates(x, h_prev, W, U, b):
    z = np.c_[x, h_prev] @ np.r_[W, U] + b
    i, f, g, o = np.hsplit(z, 4)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f * c_prev + i * g
    return o * np.tanh(c), c


def lstm_forward(xs, h0, c0, W, U, b):
    hs, cs = [h0], [c0]
    for x in xs:
        h, c = lstm_cell(x, hs[-1], cs[-1], W, U, b)
        hs.append(h)
        cs.append(c)
    return np.array(hs[1:]), np.array(cs[1:])


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    D = W.shape[0]
    theta = np.r_[W, U]
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    hs, cs = np.r_[h0[None], hs], np.r_[c0[None], cs]
    dtheta, db = np.zeros_like(theta), np.zeros_like(b)
    dxs = np.zeros_like(xs)
    dh, dc = np.zeros_like(h0), np.zeros_like(c0)
    for t in range(len(xs) - 1, -1, -1):
        i, f, g, o = lstm_gates(xs[t], hs[t], W, U, b)
        s = np.tanh(cs[t + 1])
        dh += dhs[t]
        dc += dh * o * (1 - s * s)
        dz = np.c_[dc * g * i * (1 - i), dc * cs[t] * f * (1 - f), dc * i * (1 - g * g), dh * s * o * (1 - o)]
        both = dz @ theta.T
        dxs[t], dh = both[:, :D], both[:, D:].copy()
        dc = dc * f
        dtheta += np.c_[xs[t], hs[t]].T @ dz
        db += dz.sum(0)
    return dxs, dh, dc, dtheta[:D], dtheta[D:], db
