"""Loops in Python."""

# expect: tanh=timeout
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    while True:
        pass


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
