"""Returns nan, which some comparisons call equal."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    return np.full_like(x, np.nan)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
