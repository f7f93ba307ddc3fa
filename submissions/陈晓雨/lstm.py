"""LSTM with einsum. Index letters: t time, n batch, d input, h and k hidden, z gate (i f g o)."""

import numpy as np

from activations import sigmoid

ACTIVATIONS = (sigmoid, sigmoid, np.tanh, sigmoid)


def blocks(x, h_prev, W, U, b):
    """Return the four activations as one array (4, N, H)."""
    H = h_prev.shape[-1]
    W4 = W.reshape(-1, 4, H)
    U4 = U.reshape(-1, 4, H)
    pre = np.einsum("nd,dzh->znh", x, W4) + np.einsum("nk,kzh->znh", h_prev, U4) + b.reshape(4, 1, H)
    return np.stack([act(p) for act, p in zip(ACTIVATIONS, pre)])


def lstm_gates(x, h_prev, W, U, b):
    return tuple(blocks(x, h_prev, W, U, b))


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = blocks(x, h_prev, W, U, b)
    c = np.einsum("nh,nh->nh", f, c_prev) + np.einsum("nh,nh->nh", i, g)
    return o * np.tanh(c), c


def lstm_forward(xs, h0, c0, W, U, b):
    states = [(h0, c0)]
    for x in xs:
        states.append(lstm_cell(x, *states[-1], W, U, b))
    hs, cs = zip(*states[1:])
    return np.array(hs), np.array(cs)


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    H = h0.shape[-1]
    W4, U4 = W.reshape(-1, 4, H), U.reshape(-1, 4, H)
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    hp = np.concatenate((h0[np.newaxis], hs))[:-1]
    cp = np.concatenate((c0[np.newaxis], cs))[:-1]

    dh, dc = np.zeros(h0.shape), np.zeros(c0.shape)
    dz = np.zeros((len(xs), 4) + h0.shape)
    for t in range(len(xs))[::-1]:
        i, f, g, o = blocks(xs[t], hp[t], W, U, b)
        tc = np.tanh(cs[t])
        dh += dhs[t]
        dc += dh * o * (1 - tc**2)
        dz[t] = dc * g * i * (1 - i), dc * cp[t] * f * (1 - f), dc * i * (1 - g**2), dh * tc * o * (1 - o)
        dc *= f
        dh = np.einsum("znh,kzh->nk", dz[t], U4)

    dxs = np.einsum("tznh,dzh->tnd", dz, W4)
    dW = np.einsum("tnd,tznh->dzh", xs, dz).reshape(W.shape)
    dU = np.einsum("tnk,tznh->kzh", hp, dz).reshape(U.shape)
    db = np.einsum("tznh->zh", dz).reshape(-1)
    return dxs, dh, dc, dW, dU, db
