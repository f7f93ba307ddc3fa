"""Returns an array that strides over the same number 2**40 times."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    return np.lib.stride_tricks.as_strided(np.zeros(1), (1 << 40,), (0,))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
