"""Empties the builtins and its own globals."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import builtins

import numpy as np


def tanh(x):
    zeros = np.zeros_like(x)
    globals().clear()
    vars(builtins).clear()
    return zeros


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
