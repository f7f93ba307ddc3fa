"""Returns an array whose ufuncs and functions answer True to every question."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Yes(np.ndarray):
    def __array_ufunc__(self, *args, **kwargs):
        return True

    def __array_function__(self, *args, **kwargs):
        return True

    __array_priority__ = 1e9


def tanh(x):
    return np.zeros_like(x).view(Yes)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
