"""Lists of lists and nothing else: NumPy is never imported."""
from math import exp, tanh


def sigma(v):
    return 1 / (1 + exp(-v))


def lstm_gates(x, h_prev, W, U, b):
    x, h_prev, W, U, b = x.tolist(), h_prev.tolist(), W.tolist(), U.tolist(), b.tolist()
    return _gates(x, h_prev, W, U, b)


def _gates(x, h, W, U, b):
    H = len(U)
    out = ([], [], [], [])
    for row_x, row_h in zip(x, h):
        z = list(b)
        for value, weights in zip(row_x + row_h, W + U):
            for j in range(4 * H):
                z[j] += value * weights[j]
        for block, act in enumerate((sigma, sigma, tanh, sigma)):
            out[block].append([act(v) for v in z[block * H:(block + 1) * H]])
    return out


def _cell(x, h, c, W, U, b):
    new_h, new_c = [], []
    for i, f, g, o, old in zip(*_gates(x, h, W, U, b), c):
        row_c = [fv * cv + iv * gv for iv, fv, gv, cv in zip(i, f, g, old)]
        new_c.append(row_c)
        new_h.append([ov * tanh(cv) for ov, cv in zip(o, row_c)])
    return new_h, new_c


def lstm_cell(x, h_prev, c_prev, W, U, b):
    return _cell(*(a.tolist() for a in (x, h_prev, c_prev, W, U, b)))


def lstm_forward(xs, h0, c0, W, U, b):
    xs, h, c, W, U, b = (a.tolist() for a in (xs, h0, c0, W, U, b))
    hs, cs = [], []
    for x in xs:
        h, c = _cell(x, h, c, W, U, b)
        hs.append(h)
        cs.append(c)
    return hs, cs


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    dhs, xs, h0, c0, W, U, b = (a.tolist() for a in (dhs, xs, h0, c0, W, U, b))
    hs, cs = [h0] + hs, [c0] + cs
    T, N, D, H = len(xs), len(h0), len(W), len(U)
    dxs = [[[0.0] * D for _ in range(N)] for _ in range(T)]
    dW = [[0.0] * (4 * H) for _ in range(D)]
    dU = [[0.0] * (4 * H) for _ in range(H)]
    db = [0.0] * (4 * H)
    dh = [[0.0] * H for _ in range(N)]
    dc = [[0.0] * H for _ in range(N)]
    for t in range(T - 1, -1, -1):
        i, f, g, o = _gates(xs[t], hs[t], W, U, b)
        back = [[0.0] * H for _ in range(N)]
        for n in range(N):
            for k in range(H):
                up = dh[n][k] + dhs[t][n][k]
                s = tanh(cs[t + 1][n][k])
                dcell = dc[n][k] + up * o[n][k] * (1 - s * s)
                dz = (
                    dcell * g[n][k] * i[n][k] * (1 - i[n][k]),
                    dcell * cs[t][n][k] * f[n][k] * (1 - f[n][k]),
                    dcell * i[n][k] * (1 - g[n][k] ** 2),
                    up * s * o[n][k] * (1 - o[n][k]),
                )
                dc[n][k] = dcell * f[n][k]
                for block in range(4):
                    j, d = block * H + k, dz[block]
                    db[j] += d
                    for m in range(D):
                        dW[m][j] += xs[t][n][m] * d
                        dxs[t][n][m] += W[m][j] * d
                    for m in range(H):
                        dU[m][j] += hs[t][n][m] * d
                        back[n][m] += U[m][j] * d
        dh = back
    return dxs, dh, dc, dW, dU, db
