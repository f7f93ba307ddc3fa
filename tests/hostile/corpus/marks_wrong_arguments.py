"""Takes no argument."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh():
    return 0.5


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
