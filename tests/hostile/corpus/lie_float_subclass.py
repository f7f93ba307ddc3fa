"""Returns a float that turns into something else at every conversion."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Slippery(float):
    __float__ = lambda self: float("nan")
    __eq__ = lambda self, other: True
    __hash__ = float.__hash__
    __array__ = lambda self, *a, **k: np.zeros(3)


def tanh(x):
    return Slippery(0.5)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
