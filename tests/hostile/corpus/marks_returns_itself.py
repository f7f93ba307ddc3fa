"""Returns its own function, its module and its type."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import sys

import numpy as np


def tanh(x):
    return (tanh, sys.modules[__name__], type)[x.size % 3]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
