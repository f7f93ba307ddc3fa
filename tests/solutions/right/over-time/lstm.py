"""Everything that does not depend on the step before is done for all steps at once."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def squash(z):
    i, f, g, o = np.moveaxis(z.reshape(*z.shape[:-1], 4, -1), -2, 0)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)


def lstm_gates(x, h_prev, W, U, b):
    return squash(x @ W + h_prev @ U + b)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f * c_prev + i * g
    return o * np.tanh(c), c


def lstm_forward(xs, h0, c0, W, U, b):
    from_input = xs @ W + b                                       # (T, N, 4H), one product
    hs, cs = np.empty((2, len(xs) + 1, *h0.shape))
    hs[0], cs[0] = h0, c0
    for t, z in enumerate(from_input):
        i, f, g, o = squash(z + hs[t] @ U)
        cs[t + 1] = f * cs[t] + i * g
        hs[t + 1] = o * np.tanh(cs[t + 1])
    return hs[1:], cs[1:]


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    h_in, c_in = np.concatenate([h0[None], hs[:-1]]), np.concatenate([c0[None], cs[:-1]])
    i, f, g, o = lstm_gates(xs, h_in, W, U, b)                    # all steps at once
    s = np.tanh(cs)
    # what one unit of dc (first three) or dh (last) at a step means for its four blocks
    slope = np.stack([g * i * (1 - i), c_in * f * (1 - f), i * (1 - g**2), s * o * (1 - o)], axis=2)
    through = o * (1 - s**2)

    dz = np.empty_like(slope)
    dh, dc = np.zeros_like(h0), np.zeros_like(c0)
    for t in range(len(xs))[::-1]:
        dh = dh + dhs[t]
        dc = dc + dh * through[t]
        dz[t, :, :3] = dc[:, None] * slope[t, :, :3]
        dz[t, :, 3] = dh * slope[t, :, 3]
        dh = dz[t].reshape(len(h0), -1) @ U.T
        dc = dc * f[t]
    dz = dz.reshape(*dz.shape[:2], -1)                            # (T, N, 4H)
    flat = dz.reshape(-1, dz.shape[-1])
    return (dz @ W.T, dh, dc,
            xs.reshape(len(flat), -1).T @ flat, h_in.reshape(len(flat), -1).T @ flat, flat.sum(axis=0))
