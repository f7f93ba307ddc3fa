"""Raises from 900 frames deep, each with a line of its own."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x, depth=900):
    if depth:
        return tanh(x, depth - 1)
    raise ValueError("deep")


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
