"""Returns one element of nearly two gigabytes."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    return np.broadcast_to(np.zeros(1, "V16").view("V1")[:1], (1,)).astype("V100").repeat(1000000)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
