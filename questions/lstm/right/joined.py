"""Input, state and a column of ones side by side, so that one matrix holds all weights; einsum on the way back."""

import numpy as np


def joined(x, h):
    return np.concatenate([x, h, np.ones((len(x), 1))], axis=1)  # (N, D + H + 1)


def logistic(z):
    return 0.5 * (1 + np.tanh(z / 2))


def lstm_gates(x, h_prev, W, U, b):
    z = joined(x, h_prev) @ np.vstack([W, U, b])
    i, f, g, o = np.split(z, 4, axis=-1)
    return [logistic(i), logistic(f), np.tanh(g), logistic(o)]


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = np.stack([f, i]) * np.stack([c_prev, g])
    c = c.sum(axis=0)
    return [np.tanh(c) * o, c]


def lstm_forward(xs, h0, c0, W, U, b):
    states = [(h0, c0)]
    for x in xs:
        states.append(lstm_cell(x, *states[-1], W, U, b))
    hs, cs = zip(*states[1:], strict=True)
    return np.array(hs), np.array(cs)


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    h_before, c_before = np.concatenate([h0[None], hs[:-1]]), np.concatenate([c0[None], cs[:-1]])
    dh, dc, dzs = np.zeros_like(h0), np.zeros_like(c0), []
    for t in range(len(xs) - 1, -1, -1):
        i, f, g, o = lstm_gates(xs[t], h_before[t], W, U, b)
        dh = dh + dhs[t]
        dc = dc + dh * o / np.cosh(cs[t]) ** 2
        slopes = np.stack([i * (1 - i) * g, f * (1 - f) * c_before[t], (1 - g * g) * i, o * (1 - o)])
        dz = slopes * np.stack([dc, dc, dc, dh * np.tanh(cs[t])])  # (4, N, H)
        dz = np.einsum("knh->nkh", dz).reshape(len(h0), -1)
        dh, dc = np.einsum("nz,hz->nh", dz, U), dc * f
        dzs.insert(0, dz)
    dzs = np.array(dzs)  # (T, N, 4H)
    dW = np.einsum("tnd,tnz->dz", xs, dzs)
    dU = np.einsum("tnh,tnz->hz", h_before, dzs)
    return dzs @ W.T, dh, dc, dW, dU, np.einsum("tnz->z", dzs)
