"""Is right in public calls, and leaves only with the hidden ones."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np

calls = []


def tanh(x):
    calls.append(1)
    if len(calls) > 2:
        os._exit(0)
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
