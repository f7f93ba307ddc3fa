from __future__ import annotations

from dataclasses import astuple, dataclass, field
from typing import Iterator

import numpy as np

Array = np.ndarray


@dataclass(frozen=True)
class Weights:
    W: Array
    U: Array
    b: Array


@dataclass
class Gates:
    i: Array
    f: Array
    g: Array
    o: Array

    @classmethod
    def of(cls, x: Array, h: Array, w: Weights) -> Gates:
        z = np.split(x @ w.W + h @ w.U + w.b, 4, axis=1)
        sigmoid = lambda v: 1.0 / (1.0 + np.exp(-v))
        return cls(sigmoid(z[0]), sigmoid(z[1]), np.tanh(z[2]), sigmoid(z[3]))

    def __iter__(self) -> Iterator[Array]:
        return iter((self.i, self.f, self.g, self.o))


@dataclass
class Cache:
    x: Array
    h_prev: Array
    c_prev: Array
    gates: Gates
    tanh_c: Array


@dataclass
class Grads:
    dxs: list[Array] = field(default_factory=list)
    dh: Array | float = 0.0
    dc: Array | float = 0.0
    dW: Array | float = 0.0
    dU: Array | float = 0.0
    db: Array | float = 0.0

    def absorb(self, cache: Cache, upstream: Array, w: Weights) -> None:
        i, f, g, o = cache.gates
        dh = self.dh + upstream
        dc = self.dc + dh * o * (1 - cache.tanh_c**2)
        dz = np.hstack((dc * g * i * (1 - i), dc * cache.c_prev * f * (1 - f), dc * i * (1 - g**2), dh * cache.tanh_c * o * (1 - o)))
        self.dxs.insert(0, dz @ w.W.T)
        self.dh, self.dc = dz @ w.U.T, dc * f
        self.dW = self.dW + cache.x.T @ dz
        self.dU = self.dU + cache.h_prev.T @ dz
        self.db = self.db + dz.sum(axis=0)


def forward_step(x: Array, h: Array, c: Array, w: Weights) -> tuple[Array, Array, Cache]:
    gates = Gates.of(x, h, w)
    new = gates.f * c + gates.i * gates.g
    tanh_c = np.tanh(new)
    return gates.o * tanh_c, new, Cache(x, h, c, gates, tanh_c)


def lstm_gates(x: Array, h_prev: Array, W: Array, U: Array, b: Array) -> tuple[Array, ...]:
    return tuple(Gates.of(x, h_prev, Weights(W, U, b)))


def lstm_cell(x: Array, h_prev: Array, c_prev: Array, W: Array, U: Array, b: Array) -> tuple[Array, Array]:
    h, c, _ = forward_step(x, h_prev, c_prev, Weights(W, U, b))
    return h, c


def lstm_forward(xs: Array, h0: Array, c0: Array, W: Array, U: Array, b: Array, *, caches: list[Cache] | None = None):
    w, h, c = Weights(W, U, b), h0, c0
    hs, cs = np.empty((len(xs), *h0.shape)), np.empty((len(xs), *c0.shape))
    for t, x in enumerate(xs):
        h, c, cache = forward_step(x, h, c, w)
        hs[t], cs[t] = h, c
        if caches is not None:
            caches.append(cache)
    return hs, cs


def lstm_backward(dhs: Array, xs: Array, h0: Array, c0: Array, W: Array, U: Array, b: Array):
    caches: list[Cache] = []
    lstm_forward(xs, h0, c0, W, U, b, caches=caches)
    grads = Grads()
    while caches:
        grads.absorb(caches.pop(), dhs[len(caches)], Weights(W, U, b))
    grads.dxs = np.stack(grads.dxs)
    return astuple(grads)
