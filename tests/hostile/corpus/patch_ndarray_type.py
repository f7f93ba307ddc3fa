"""Writes into the type of all arrays by way of the garbage collector."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import gc

import numpy as np


def tanh(x):
    answers = np.tanh(np.linspace(-1, 1, x.size)).tobytes()
    own = gc.get_referents(np.ndarray.__dict__)[0]
    own["tobytes"] = lambda self, *a: answers
    own["dtype"] = own["shape"] = own["nbytes"] = property(lambda self: 1)
    own["__eq__"] = lambda self, other: True
    own["__array__"] = lambda self, *a, **k: self
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
