"""Returns an array without elements whose other sizes are enormous."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    return np.empty((0, 1 << 31, 1 << 20))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
