"""Is right the first time only."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np

calls = []


def tanh(x):
    calls.append(1)
    return np.tanh(x) if len(calls) == 1 else np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
