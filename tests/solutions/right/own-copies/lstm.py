"""States are copied once and then updated in place; what is handed out is copied again."""
import numpy as np


def _activate(z, H):
    z[:, :2 * H] = 1 / (1 + np.exp(-z[:, :2 * H]))
    np.tanh(z[:, 2 * H:3 * H], out=z[:, 2 * H:3 * H])
    z[:, 3 * H:] = 1 / (1 + np.exp(-z[:, 3 * H:]))
    return z


def lstm_gates(x, h_prev, W, U, b):
    z = x @ W
    z += h_prev @ U
    z += b
    return np.split(_activate(z, len(U)), 4, axis=1)


def _advance(x, h, c, W, U, b):
    i, f, g, o = lstm_gates(x, h, W, U, b)
    c *= f
    c += i * g
    np.tanh(c, out=h)
    h *= o


def lstm_cell(x, h_prev, c_prev, W, U, b):
    h, c = h_prev.copy(), c_prev.copy()
    _advance(x, h, c, W, U, b)
    return h, c


def lstm_forward(xs, h0, c0, W, U, b):
    h, c = h0.copy(), c0.copy()
    hs, cs = [], []
    for x in xs:
        _advance(x, h, c, W, U, b)
        hs.append(h.copy())
        cs.append(c.copy())
    return np.stack(hs), np.stack(cs)
