"""Layers that remember what their backward pass needs."""
import numpy as np


class Sigmoid:
    def __call__(self, z):
        self.y = 1 / (1 + np.exp(-z))
        return self.y

    def back(self, dy):
        return dy * self.y * (1 - self.y)


class Tanh:
    def __call__(self, z):
        self.y = np.tanh(z)
        return self.y

    def back(self, dy):
        return dy * (1 - self.y**2)


class Step:
    def __init__(self, W, U, b):
        self.W, self.U, self.b = W, U, b
        self.acts = [Sigmoid(), Sigmoid(), Tanh(), Sigmoid()]
        self.squash = Tanh()

    def gates(self, x, h):
        self.x, self.h_in = x, h
        zs = np.split(x @ self.W + h @ self.U + self.b, 4, axis=1)
        self.i, self.f, self.g, self.o = (act(z) for act, z in zip(self.acts, zs))
        return self.i, self.f, self.g, self.o

    def __call__(self, x, h, c):
        self.gates(x, h)
        self.c_in = c
        self.c = self.f * c + self.i * self.g
        return self.o * self.squash(self.c), self.c

    def back(self, dh, dc):
        dc = dc + self.squash.back(dh * self.o)
        local = [dc * self.g, dc * self.c_in, dc * self.i, dh * self.squash.y]
        dz = np.hstack([act.back(d) for act, d in zip(self.acts, local)])
        return dz @ self.W.T, dz @ self.U.T, dc * self.f, self.x.T @ dz, self.h_in.T @ dz, dz.sum(axis=0)


class Layer:
    def __init__(self, *weights):
        self.weights = weights
        self.steps = []

    def __call__(self, xs, h, c):
        for x in xs:
            step = Step(*self.weights)
            h, c = step(x, h, c)
            self.steps.append(step)
            yield h, c

    def back(self, dhs):
        dh = dc = 0
        dxs, totals = [], [0, 0, 0]
        for step, upstream in zip(self.steps[::-1], dhs[::-1]):
            dx, dh, dc, *weights = step.back(upstream + dh, dc)
            dxs.append(dx)
            totals = [total + more for total, more in zip(totals, weights)]
        return np.array(dxs[::-1]), dh, dc, *totals


def lstm_gates(x, h_prev, W, U, b):
    return Step(W, U, b).gates(x, h_prev)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    return Step(W, U, b)(x, h_prev, c_prev)


def lstm_forward(xs, h0, c0, W, U, b):
    hs, cs = zip(*Layer(W, U, b)(xs, h0, c0))
    return np.array(hs), np.array(cs)


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    layer = Layer(W, U, b)
    for _ in layer(xs, h0, c0):
        pass
    return layer.back(dhs)
