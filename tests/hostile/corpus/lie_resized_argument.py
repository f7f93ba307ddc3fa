"""Resizes and retypes its argument in place behind the harness's back."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    x.resize((1 << 16,), refcheck=False)
    x.dtype = np.int8
    x.shape = (-1, 2)
    return np.zeros(5)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
