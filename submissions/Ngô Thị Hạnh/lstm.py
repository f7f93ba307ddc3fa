"""LSTM with ONE weight matrix: z = [x, h, 1] @ [W; U; b].

Everything is handed back as plain nested lists (my notebook prints them nicer than arrays).
"""
import numpy as np


def stack_weights(W, U, b):
    return np.vstack([W, U, b[None, :]])            # (D + H + 1, 4H)


def stack_input(x, h):
    return np.hstack([x, h, np.ones((len(x), 1))])  # (N, D + H + 1)


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def gates(v, theta):
    i, f, g, o = np.array_split(v @ theta, 4, axis=1)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)


def step(v, c, theta):
    i, f, g, o = gates(v, theta)
    c = f * c + i * g
    return o * np.tanh(c), c


def run(xs, h, c, theta):
    hs, cs, vs = [], [], []
    for x in xs:
        v = stack_input(x, h)
        h, c = step(v, c, theta)
        vs.append(v)
        hs.append(h)
        cs.append(c)
    return hs, cs, vs


def lstm_gates(x, h_prev, W, U, b):
    return [a.tolist() for a in gates(stack_input(x, h_prev), stack_weights(W, U, b))]


def lstm_cell(x, h_prev, c_prev, W, U, b):
    return [a.tolist() for a in step(stack_input(x, h_prev), c_prev, stack_weights(W, U, b))]


def lstm_forward(xs, h0, c0, W, U, b):
    hs, cs, _ = run(xs, h0, c0, stack_weights(W, U, b))
    return [[h.tolist() for h in hs], [c.tolist() for c in cs]]


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    D, H = xs.shape[2], h0.shape[1]
    theta = stack_weights(W, U, b)
    hs, cs, vs = run(xs, h0, c0, theta)
    cs = [c0] + cs

    dtheta = np.zeros(theta.shape)
    dxs = []
    dh, dc = 0, 0
    for t in reversed(range(len(xs))):
        i, f, g, o = gates(vs[t], theta)
        tc = np.tanh(cs[t + 1])
        dh = dh + dhs[t]
        dc = dc + dh * o * (1 - tc * tc)
        dz = np.hstack([dc * g * i * (1 - i), dc * cs[t] * f * (1 - f), dc * i * (1 - g * g), dh * tc * o * (1 - o)])
        dtheta = dtheta + vs[t].T @ dz
        dv = dz @ theta.T
        dxs.insert(0, dv[:, :D])
        dh = dv[:, D:D + H]
        dc = dc * f

    dW, dU, db = np.split(dtheta, [D, D + H])
    return [np.array(r).tolist() for r in (dxs, dh, dc, dW, dU, db[0])]
