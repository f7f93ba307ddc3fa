"""Returns an object whose repr and str never end and whose attributes exit."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Unprintable:
    def __repr__(self):
        while True:
            pass

    __str__ = __format__ = __repr__


def tanh(x):
    return Unprintable()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
