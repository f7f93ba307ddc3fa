"""Returns infinities and the largest numbers, for which differences overflow."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    return np.where(np.arange(x.size) % 2, np.inf, -1.7976931348623157e308)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
