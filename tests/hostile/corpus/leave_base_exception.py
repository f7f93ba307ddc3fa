"""Raises an exception that `except Exception` does not catch."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Untouchable(BaseException):
    """Not an Exception."""


def tanh(x):
    raise Untouchable("you cannot catch me")


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
