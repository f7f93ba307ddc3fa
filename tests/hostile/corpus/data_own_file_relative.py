"""Reads its own data file by a relative path at import and in a call."""

# expect: tanh=passed
# neighbour: sigmoid=passed relu=passed

import numpy as np

SCALE = np.loadtxt("scale.txt")


def tanh(x):
    return np.loadtxt("scale.txt") * SCALE * np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)


# --- file: scale.txt
1.0
