"""Returns a lazy array of 64 tebibytes that costs eight bytes."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    return np.broadcast_to(0.0, (1 << 20, 1 << 23))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
