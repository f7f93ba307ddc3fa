"""Each gate has its own slice of every matrix, forwards and backwards."""
import numpy as np

I, F, G, O = range(4)


def block(a, k):
    H = a.shape[-1] // 4
    return a[..., k * H:(k + 1) * H]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def pre(x, h, W, U, b, k):
    return x @ block(W, k) + h @ block(U, k) + block(b, k)


def lstm_gates(x, h_prev, W, U, b):
    i = sigmoid(pre(x, h_prev, W, U, b, I))
    f = sigmoid(pre(x, h_prev, W, U, b, F))
    g = np.tanh(pre(x, h_prev, W, U, b, G))
    o = sigmoid(pre(x, h_prev, W, U, b, O))
    return i, f, g, o


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f * c_prev + i * g
    h = o * np.tanh(c)
    return h, c


def lstm_forward(xs, h0, c0, W, U, b):
    hs, cs = np.zeros((len(xs),) + h0.shape), np.zeros((len(xs),) + c0.shape)
    for t in range(len(xs)):
        hs[t], cs[t] = lstm_cell(xs[t], hs[t - 1] if t else h0, cs[t - 1] if t else c0, W, U, b)
    return hs, cs


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    dxs, dW, dU, db = (np.zeros_like(a) for a in (xs, W, U, b))
    dh_next, dc_next = np.zeros_like(h0), np.zeros_like(c0)
    for t in range(len(xs) - 1, -1, -1):
        h_prev, c_prev = (h0, c0) if t == 0 else (hs[t - 1], cs[t - 1])
        i, f, g, o = lstm_gates(xs[t], h_prev, W, U, b)
        tanh_c = np.tanh(cs[t])
        dh = dhs[t] + dh_next

        do = dh * tanh_c
        dc = dc_next + dh * o * (1 - tanh_c) * (1 + tanh_c)
        df = dc * c_prev
        di = dc * g
        dg = dc * i

        dz_i = di * i * (1 - i)
        dz_f = df * f * (1 - f)
        dz_g = dg * (1 - g) * (1 + g)
        dz_o = do * o * (1 - o)

        dh_next = 0
        for k, dz in ((I, dz_i), (F, dz_f), (G, dz_g), (O, dz_o)):
            block(dW, k)[...] += xs[t].T @ dz
            block(dU, k)[...] += h_prev.T @ dz
            block(db, k)[...] += dz.sum(axis=0)
            dxs[t] += dz @ block(W, k).T
            dh_next = dh_next + dz @ block(U, k).T
        dc_next = f * dc
    return dxs, dh_next, dc_next, dW, dU, db
