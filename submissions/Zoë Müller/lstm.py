# Zoë Müller, Übungsblatt 3, Aufgabe 2
import numpy as np
import activations as act


def lstm_gates(x, h_prev, W, U, b):
    zi, zf, zg, zo = np.split(x @ W + h_prev @ U + b, 4, axis=-1)
    return act.sigmoid(zi), act.sigmoid(zf), act.tanh(zg), act.sigmoid(zo)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f * c_prev + i * g
    return o * act.tanh(c), c


def lstm_forward(xs, h0, c0, W, U, b):
    T, N, H = len(xs), *h0.shape
    hs = np.empty((T + 1, N, H))
    cs = np.empty((T + 1, N, H))
    hs[0], cs[0] = h0, c0
    for t in range(T):
        hs[t + 1], cs[t + 1] = lstm_cell(xs[t], hs[t], cs[t], W, U, b)
    return hs[1:], cs[1:]


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    h_prevs = np.concatenate([h0[None], hs[:-1]])
    c_prevs = np.concatenate([c0[None], cs[:-1]])

    dzs = np.empty(dhs.shape[:2] + (W.shape[1],))
    dh = np.zeros_like(h0)
    dc = np.zeros_like(c0)
    for t in range(len(xs) - 1, -1, -1):
        zi, zf, zg, zo = np.split(xs[t] @ W + h_prevs[t] @ U + b, 4, axis=-1)
        i, f, g, o = act.sigmoid(zi), act.sigmoid(zf), act.tanh(zg), act.sigmoid(zo)

        dh = dh + dhs[t]
        dc = dc + dh * o * act.tanh_grad(cs[t])
        di, df, dg, do = dc * g, dc * c_prevs[t], dc * i, dh * act.tanh(cs[t])
        dzs[t] = np.hstack([
            di * act.sigmoid_grad(zi),
            df * act.sigmoid_grad(zf),
            dg * act.tanh_grad(zg),
            do * act.sigmoid_grad(zo),
        ])
        dh, dc = dzs[t] @ U.T, dc * f

    # the sums over time in one go
    dxs = dzs @ W.T
    dW = np.tensordot(xs, dzs, axes=([0, 1], [0, 1]))
    dU = np.tensordot(h_prevs, dzs, axes=([0, 1], [0, 1]))
    return dxs, dh, dc, dW, dU, dzs.sum(axis=(0, 1))
