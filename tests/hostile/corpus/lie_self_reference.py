"""Returns a list that holds itself."""

# expect: tanh=timeout
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    out = []
    out.extend([out, out])
    return out


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
