"""Multiplies a string until memory is gone."""

# expect: tanh=memory
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    return "a" * (1 << 40)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
