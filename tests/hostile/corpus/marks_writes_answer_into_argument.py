"""Writes the right answer into its argument and returns None."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    x[...] = np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
