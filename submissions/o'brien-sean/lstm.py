# Sean O'Brien - the LSTM with nothing but loops
import math
import numpy as np


def sig(v):
    return 1 / (1 + math.exp(-v)) if v > -700 else 0.0


def lstm_gates(x, h_prev, W, U, b):
    N, D = x.shape
    H = h_prev.shape[1]
    i = np.zeros((N, H))
    f = np.zeros((N, H))
    g = np.zeros((N, H))
    o = np.zeros((N, H))
    for n in range(N):
        for j in range(4 * H):
            total = b[j]
            for d in range(D):
                total += x[n, d] * W[d, j]
            for k in range(H):
                total += h_prev[n, k] * U[k, j]
            if j < H:
                i[n, j] = sig(total)
            elif j < 2 * H:
                f[n, j - H] = sig(total)
            elif j < 3 * H:
                g[n, j - 2 * H] = math.tanh(total)
            else:
                o[n, j - 3 * H] = sig(total)
    return i, f, g, o


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    N, H = h_prev.shape
    h = np.zeros((N, H))
    c = np.zeros((N, H))
    for n in range(N):
        for k in range(H):
            c[n, k] = f[n, k] * c_prev[n, k] + i[n, k] * g[n, k]
            h[n, k] = o[n, k] * math.tanh(c[n, k])
    return h, c


def lstm_forward(xs, h0, c0, W, U, b):
    h = h0
    c = c0
    hs = []
    cs = []
    for t in range(xs.shape[0]):
        h, c = lstm_cell(xs[t], h, c, W, U, b)
        hs.append(h)
        cs.append(c)
    return np.array(hs), np.array(cs)


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    T, N, D = xs.shape
    H = h0.shape[1]
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)

    dxs = np.zeros((T, N, D))
    dW = np.zeros((D, 4 * H))
    dU = np.zeros((H, 4 * H))
    db = np.zeros(4 * H)
    dh_next = np.zeros((N, H))
    dc_next = np.zeros((N, H))

    for t in range(T - 1, -1, -1):
        if t == 0:
            h_prev, c_prev = h0, c0
        else:
            h_prev, c_prev = hs[t - 1], cs[t - 1]
        i, f, g, o = lstm_gates(xs[t], h_prev, W, U, b)

        dh_now = np.zeros((N, H))
        dc_now = np.zeros((N, H))
        for n in range(N):
            for k in range(H):
                dh = dhs[t, n, k] + dh_next[n, k]
                tc = math.tanh(cs[t, n, k])
                dc = dc_next[n, k] + dh * o[n, k] * (1 - tc * tc)
                dz_i = dc * g[n, k] * i[n, k] * (1 - i[n, k])
                dz_f = dc * c_prev[n, k] * f[n, k] * (1 - f[n, k])
                dz_g = dc * i[n, k] * (1 - g[n, k] * g[n, k])
                dz_o = dh * tc * o[n, k] * (1 - o[n, k])
                dc_now[n, k] = dc * f[n, k]
                for block, dz in enumerate([dz_i, dz_f, dz_g, dz_o]):
                    j = block * H + k
                    db[j] += dz
                    for d in range(D):
                        dW[d, j] += xs[t, n, d] * dz
                        dxs[t, n, d] += W[d, j] * dz
                    for m in range(H):
                        dU[m, j] += h_prev[n, m] * dz
                        dh_now[n, m] += U[m, j] * dz
        dh_next = dh_now
        dc_next = dc_now

    return dxs, dh_next, dc_next, dW, dU, db
