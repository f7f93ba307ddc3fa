"""Returns an object that points NumPy to address 0 and claims a terabyte there."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Pointer:
    __array_interface__ = {"version": 3, "shape": (1 << 37,), "typestr": "<f8", "data": (8, True)}


def tanh(x):
    return Pointer()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
