"""Asks for an exabyte at once."""

# expect: tanh=memory
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    return np.zeros(1 << 57)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
