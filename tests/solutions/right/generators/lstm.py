import numpy as np


def sigmoid(z):
    return np.reciprocal(1 + np.exp(-z))


def activated(z):
    for act, block in zip((sigmoid, sigmoid, np.tanh, sigmoid), np.split(z, 4, axis=1)):
        yield act(block)


def lstm_gates(x, h_prev, W, U, b):
    return tuple(activated(x @ W + h_prev @ U + b))


def cell():
    """A coroutine: send it (x, h, c, weights), get (h, c, what backward needs)."""
    result = None
    while True:
        x, h, c, weights = yield result
        i, f, g, o = lstm_gates(x, h, *weights)
        new = f * c + i * g
        result = o * np.tanh(new), new, (x, h, c, i, f, g, o, np.tanh(new))


def unrolled(xs, h, c, *weights):
    step = cell()
    next(step)
    for x in xs:
        h, c, memory = step.send((x, h, c, weights))
        yield h, c, memory


def lstm_cell(x, h_prev, c_prev, W, U, b):
    (h, c, _), = unrolled([x], h_prev, c_prev, W, U, b)
    return h, c


def lstm_forward(xs, h0, c0, W, U, b):
    hs, cs, _ = zip(*unrolled(xs, h0, c0, W, U, b))
    return list(hs), list(cs)


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    tape = [memory for _, _, memory in unrolled(xs, h0, c0, W, U, b)]

    def rewind():
        dh, dc = np.zeros_like(h0), np.zeros_like(c0)
        for upstream, (x, h, c, i, f, g, o, s) in zip(reversed(dhs), reversed(tape)):
            dh = dh + upstream
            dc = dc + dh * o * (1 - s * s)
            dz = np.hstack([dc * g * i * (1 - i), dc * c * f * (1 - f), dc * i * (1 - g * g), dh * s * o * (1 - o)])
            dh, dc = dz @ U.T, dc * f
            yield dz @ W.T, dh, dc, x.T @ dz, h.T @ dz, dz.sum(axis=0)

    dxs, dh, dc, dW, dU, db = zip(*rewind())
    return dxs[::-1], dh[-1], dc[-1], sum(dW), sum(dU), sum(db)
