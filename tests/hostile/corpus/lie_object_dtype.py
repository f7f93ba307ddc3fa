"""Returns an object array whose elements run code when they are turned into numbers."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Number:
    def __float__(self):
        __import__("os").abort()

    __int__ = __index__ = __complex__ = __float__

    def __repr__(self):
        while True:
            pass


def tanh(x):
    out = np.empty(x.shape, dtype=object)
    out[...] = Number()
    return out


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
