"""No statement but return: folds over time, forwards and backwards."""
from functools import reduce
from itertools import accumulate, pairwise
from operator import add

import numpy as np

sigmoid = lambda z: 1 / (1 + np.exp(-z))
compose = lambda acts, zs: tuple(map(lambda act, z: act(z), acts, zs))

lstm_gates = lambda x, h_prev, W, U, b: compose(
    (sigmoid, sigmoid, np.tanh, sigmoid), np.split(x @ W + h_prev @ U + b, 4, axis=1)
)
update = lambda gates, c: (lambda i, f, g, o: (lambda c: (o * np.tanh(c), c))(f * c + i * g))(*gates)
lstm_cell = lambda x, h_prev, c_prev, W, U, b: update(lstm_gates(x, h_prev, W, U, b), c_prev)
states = lambda xs, h0, c0, *w: list(accumulate(xs, lambda s, x: lstm_cell(x, *s, *w), initial=(h0, c0)))
lstm_forward = lambda xs, h0, c0, W, U, b: tuple(map(np.array, zip(*states(xs, h0, c0, W, U, b)[1:])))


def step_back(carry, moment):
    (dh, dc, dzs), (dh_out, x, (h_in, c_in), (_, c), weights) = carry, moment
    return (lambda gates, dh: (
        lambda i, f, g, o, s: (
            lambda dc: (
                lambda dz: (dz @ weights[1].T, dc * f, [dz] + dzs)
            )(np.hstack((dc * g * i * (1 - i), dc * c_in * f * (1 - f), dc * i * (1 - g**2), dh * s * o * (1 - o))))
        )(dc + dh * o * (1 - s**2))
    )(*gates, np.tanh(c)))(lstm_gates(x, h_in, *weights), dh + dh_out)


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    path = states(xs, h0, c0, W, U, b)
    moments = [(d, x, before, after, (W, U, b)) for d, x, (before, after) in zip(dhs, xs, pairwise(path))]
    dh0, dc0, dzs = reduce(step_back, reversed(moments), (0 * h0, 0 * c0, []))
    return (
        np.array([dz @ W.T for dz in dzs]), dh0, dc0,
        reduce(add, (x.T @ dz for x, dz in zip(xs, dzs))),
        reduce(add, (h.T @ dz for (h, _), dz in zip(path, dzs))),
        reduce(add, (dz.sum(0) for dz in dzs)),
    )
