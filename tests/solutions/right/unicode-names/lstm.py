import numpy as np
from activations import σ, dσ, tanh, tanh_grad as dtanh


def lstm_gates(x, h_prev, W, U, b):
    ẑ = np.split(x @ W + h_prev @ U + b, 4, axis=1)
    return σ(ẑ[0]), σ(ẑ[1]), tanh(ẑ[2]), σ(ẑ[3])


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f * c_prev + i * g
    return o * tanh(c), c


def lstm_forward(xs, h0, c0, W, U, b):
    h, c, hs, cs = h0, c0, [], []
    for x in xs:
        h, c = lstm_cell(x, h, c, W, U, b)
        hs.append(h)
        cs.append(c)
    return np.array(hs), np.array(cs)


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    ΔW, ΔU, Δb, Δxs = (np.zeros(a.shape) for a in (W, U, b, xs))
    δh, δc = np.zeros(h0.shape), np.zeros(c0.shape)
    for t in reversed(range(len(xs))):
        h_prev, c_prev = (hs[t - 1], cs[t - 1]) if t else (h0, c0)
        zi, zf, zg, zo = np.split(xs[t] @ W + h_prev @ U + b, 4, axis=1)
        δh = δh + dhs[t]
        δc = δc + δh * σ(zo) * dtanh(cs[t])
        δz = np.hstack([δc * tanh(zg) * dσ(zi), δc * c_prev * dσ(zf), δc * σ(zi) * dtanh(zg), δh * tanh(cs[t]) * dσ(zo)])
        ΔW += xs[t].T @ δz
        ΔU += h_prev.T @ δz
        Δb += δz.sum(0)
        Δxs[t] = δz @ W.T
        δh, δc = δz @ U.T, δc * σ(zf)
    return Δxs, δh, δc, ΔW, ΔU, Δb
