"""Forty decimal digits, one number at a time."""
from decimal import Decimal, getcontext
import math

import numpy as np

getcontext().prec = 40
ONE = Decimal(1)


def exact(limit, beyond):
    """Work in decimals where |x| < limit; ``beyond`` tells what the function is further out."""
    def decorate(fn):
        def one(v):
            v = float(v)
            if math.isnan(v):
                return v
            if abs(v) >= limit:
                return beyond(v)
            return float(fn(Decimal(v)))

        def function(x):
            return one(x) if np.ndim(x) == 0 else np.array([one(v) for v in np.ravel(x)]).reshape(np.shape(x))
        return function
    return decorate


@exact(30, lambda v: math.copysign(1.0, v))
def tanh(v):
    if abs(v) < Decimal("1e-9"):
        return v
    p, m = v.exp(), (-v).exp()
    return (p - m) / (p + m)


@exact(400, lambda v: 0.0)
def tanh_grad(v):
    return 4 / (v.exp() + (-v).exp()) ** 2


@exact(745, lambda v: 1.0 if v > 0 else 0.0)
def sigmoid(v):
    return ONE / (ONE + (-v).exp())


@exact(745, lambda v: 0.0)
def sigmoid_grad(v):
    return ONE / (2 + v.exp() + (-v).exp())


def relu(x):
    return np.maximum(x, 0.0)


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
