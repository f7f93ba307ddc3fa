"""Returns a list nested 100,000 deep."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    out = 0.0
    for _ in range(100_000):
        out = [out]
    return out


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
