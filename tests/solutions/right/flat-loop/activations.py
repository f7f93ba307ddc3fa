"""One loop over x.flat with the functions of math; numbers go in and come out as numbers."""
import math
from numbers import Real

import numpy as np


def each(fn):
    def wrapper(x):
        if isinstance(x, Real):
            return fn(x)
        out = np.empty(x.size)
        k = 0
        for v in x.flat:
            out[k] = fn(v)
            k += 1
        return out.reshape(x.shape)
    wrapper.__name__ = fn.__name__
    return wrapper


@each
def tanh(v):
    if math.isnan(v):
        return v
    if abs(v) < 0.3:
        # the series of sinh over that of cosh
        s = term_s = v
        c = term_c = 1.0
        for n in range(1, 12):
            term_c *= v * v / ((2 * n - 1) * (2 * n))
            term_s *= v * v / ((2 * n) * (2 * n + 1))
            c += term_c
            s += term_s
        return s / c
    if v > 20:
        return 1.0
    if v < -20:
        return -1.0
    return (math.exp(v) - math.exp(-v)) / (math.exp(v) + math.exp(-v))


@each
def tanh_grad(v):
    return 0.0 if abs(v) > 350 else 1 / math.cosh(v) ** 2


@each
def sigmoid(v):
    return 1 / (1 + math.exp(min(-v, 709))) if v == v else v


@each
def sigmoid_grad(v):
    return 0.0 if abs(v) > 700 else 1 / (2 + math.exp(v) + math.exp(-v))


@each
def relu(v):
    return v * 1.0 if v > 0 else 0.0


@each
def relu_grad(v):
    return 1.0 if v > 0 else 0.0
