import numpy as np

ein = np.einsum


def lstm_gates(x, h_prev, W, U, b):
    z = ein("nd,dk->nk", x, W) + ein("nh,hk->nk", h_prev, U) + b
    z = ein("nbh->bnh", z.reshape(len(x), 4, -1))
    s = 1 / (1 + np.exp(-z))
    return s[0], s[1], np.tanh(z[2]), s[3]


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = ein("nh,nh->nh", f, c_prev) + ein("nh,nh->nh", i, g)
    return ein("nh,nh->nh", o, np.tanh(c)), c


def lstm_forward(xs, h0, c0, W, U, b):
    h, c, hs, cs = h0, c0, [], []
    for x in xs:
        h, c = lstm_cell(x, h, c, W, U, b)
        hs, cs = hs + [h], cs + [c]
    return np.stack(hs), np.stack(cs)


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    h_in = np.concatenate([h0[None], hs[:-1]])
    c_in = np.concatenate([c0[None], cs[:-1]])
    dz = np.empty((len(xs), len(h0), W.shape[1]))
    dh, dc = np.zeros_like(h0), np.zeros_like(c0)
    for t in reversed(range(len(xs))):
        i, f, g, o = lstm_gates(xs[t], h_in[t], W, U, b)
        th = np.tanh(cs[t])
        dh = dh + dhs[t]
        dc = dc + dh * o * (1 - th**2)
        parts = np.array([dc * g * i * (1 - i), dc * c_in[t] * f * (1 - f), dc * i * (1 - g**2), dh * th * o * (1 - o)])
        dz[t] = ein("bnh->nbh", parts).reshape(len(h0), -1)
        dc = dc * f
        dh = ein("nk,hk->nh", dz[t], U)
    return (
        ein("tnk,dk->tnd", dz, W), dh, dc,
        ein("tnd,tnk->dk", xs, dz), ein("tnh,tnk->hk", h_in, dz), ein("tnk->k", dz),
    )
