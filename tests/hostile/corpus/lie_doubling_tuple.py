"""Returns a tuple that is small in memory and has 2**40 leaves."""

# expect: tanh=timeout
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    out = 0.0
    for _ in range(40):
        out = (out, out)
    return out


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
