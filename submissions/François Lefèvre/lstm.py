# -*- coding: latin-1 -*-
# Devoir n° 3 - François Lefèvre - cellule LSTM, étape par étape
import numpy as np
import activations as a

MESSAGE = "état caché"  # les accents doivent survivre


def lstm_gates(x, h_prev, W, U, b):
    z = np.dot(x, W) + np.dot(h_prev, U) + b
    i, f, g, o = np.hsplit(z, 4)
    return a.sigmoid(i), a.sigmoid(f), a.tanh(g), a.sigmoid(o)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f * c_prev + i * g
    return o * a.tanh(c), c


def lstm_forward(xs, h0, c0, W, U, b):
    assert MESSAGE == "\u00e9tat cach\u00e9"
    hs, cs = [], []
    h, c = h0, c0
    for t in range(len(xs)):
        h, c = lstm_cell(xs[t], h, c, W, U, b)
        hs += [h]
        cs += [c]
    return np.array(hs), np.array(cs)


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    # une seule boucle, à rebours
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    hs = np.vstack([h0[None], hs])
    cs = np.vstack([c0[None], cs])
    dW, dU, db = 0, 0, 0
    dxs = np.empty_like(xs)
    dh, dc = 0, 0
    for t in range(len(xs), 0, -1):
        i, f, g, o = lstm_gates(xs[t - 1], hs[t - 1], W, U, b)
        th = a.tanh(cs[t])
        dh = dhs[t - 1] + dh
        dc = dc + dh * o * (1 - th ** 2)
        dz = np.concatenate((dc * g * i * (1 - i),
                             dc * cs[t - 1] * f * (1 - f),
                             dc * i * (1 - g ** 2),
                             dh * th * o * (1 - o)), axis=1)
        dxs[t - 1] = dz.dot(W.T)
        dW = dW + xs[t - 1].T.dot(dz)
        dU = dU + hs[t - 1].T.dot(dz)
        db = db + dz.sum(0)
        dh, dc = dz.dot(U.T), dc * f
    return dxs, dh, dc, dW, dU, db
