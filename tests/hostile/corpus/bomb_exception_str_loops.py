"""Raises an exception whose text never ends."""

# expect: tanh=timeout
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Endless(Exception):
    def __str__(self):
        while True:
            pass

    __repr__ = __str__


def tanh(x):
    raise Endless


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
