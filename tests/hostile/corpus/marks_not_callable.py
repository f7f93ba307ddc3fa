"""Is a number by the name of the function."""

# expect: tanh=missing
# neighbour: sigmoid=passed relu=passed

import numpy as np

tanh = 0.5


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
