"""Raises an exception whose text is not text."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Odd(Exception):
    def __str__(self):
        return type("S", (str,), {"__len__": lambda s: 1 << 40, "encode": lambda s, *a: 1 / 0, "__getitem__": lambda s, i: s})("\ud800")


def tanh(x):
    raise Odd


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
