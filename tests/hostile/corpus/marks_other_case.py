"""Has the function under another spelling only."""

# expect: tanh=missing
# neighbour: sigmoid=passed relu=passed

import numpy as np


def Tanh(x):
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
