"""A reverse-mode tape of forty lines, and the forward pass written with it."""
import numpy as np


class Var:
    def __init__(self, value, *sources):
        self.value = np.asarray(value, dtype=float)
        self.sources = sources            # (variable, how to pull a gradient back to it)
        self.grad = np.zeros_like(self.value)

    def __add__(self, other):
        return Var(self.value + other.value, (self, lambda d: fit(d, self)), (other, lambda d: fit(d, other)))

    def __mul__(self, other):
        return Var(self.value * other.value, (self, lambda d: d * other.value), (other, lambda d: d * self.value))

    def __matmul__(self, other):
        return Var(self.value @ other.value, (self, lambda d: d @ other.value.T), (other, lambda d: self.value.T @ d))

    def columns(self, start, stop):
        def pull(d):
            wide = np.zeros_like(self.value)
            wide[:, start:stop] = d
            return wide
        return Var(self.value[:, start:stop], (self, pull))


def fit(d, var):
    while d.ndim > var.value.ndim:
        d = d.sum(axis=0)
    return d


def tanh(v):
    y = np.tanh(v.value)
    return Var(y, (v, lambda d: d * (1 - y * y)))


def sigmoid(v):
    y = 1 / (1 + np.exp(-v.value))
    return Var(y, (v, lambda d: d * y * (1 - y)))


def backward(seeds):
    order, seen = [], set()

    def visit(var):
        if id(var) not in seen:
            seen.add(id(var))
            for source, _ in var.sources:
                visit(source)
            order.append(var)

    for var, seed in seeds:
        visit(var)
        var.grad = var.grad + seed
    for var in reversed(order):
        for source, pull in var.sources:
            source.grad = source.grad + pull(var.grad)


def gates(x, h, W, U, b):
    z = x @ W + h @ U + b
    H = z.value.shape[1] // 4
    i, f, g, o = (z.columns(k * H, (k + 1) * H) for k in range(4))
    return sigmoid(i), sigmoid(f), tanh(g), sigmoid(o)


def cell(x, h, c, W, U, b):
    i, f, g, o = gates(x, h, W, U, b)
    c = f * c + i * g
    return o * tanh(c), c


def lstm_gates(x, h_prev, W, U, b):
    return [v.value for v in gates(*map(Var, (x, h_prev, W, U, b)))]


def lstm_cell(x, h_prev, c_prev, W, U, b):
    h, c = cell(*map(Var, (x, h_prev, c_prev, W, U, b)))
    return h.value, c.value


def unroll(xs, h, c, *weights):
    hs, cs = [], []
    for x in xs:
        h, c = cell(x, h, c, *weights)
        hs.append(h)
        cs.append(c)
    return hs, cs


def lstm_forward(xs, h0, c0, W, U, b):
    hs, cs = unroll([Var(x) for x in xs], *map(Var, (h0, c0, W, U, b)))
    return np.array([h.value for h in hs]), np.array([c.value for c in cs])


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    xs = [Var(x) for x in xs]
    leaves = [Var(a) for a in (h0, c0, W, U, b)]
    hs, _ = unroll(xs, *leaves)
    backward(list(zip(hs, dhs)))
    return np.array([x.grad for x in xs]), *(leaf.grad for leaf in leaves)
