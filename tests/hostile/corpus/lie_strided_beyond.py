"""Returns an array that reaches beyond its own memory, into the harness's."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    return np.lib.stride_tricks.as_strided(np.zeros(1), (4096,), (8,))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
