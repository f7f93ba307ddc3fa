"""Returns a shape that broadcasts against the expectation instead of equalling it."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    return np.tanh(x)[:, None]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
