"""Raises an exception whose text raises SystemExit, and so on."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Worse(BaseException):
    def __str__(self):
        raise Worse from self

    __repr__ = __str__


def tanh(x):
    raise Worse


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
