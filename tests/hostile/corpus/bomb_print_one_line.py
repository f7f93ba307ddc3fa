"""Prints one line of 64 megabytes."""

# expect: tanh=memory
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    print("x" * (1 << 26), end="")
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
