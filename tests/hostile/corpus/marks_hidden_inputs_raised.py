"""Raises with every input that it has seen in the text."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import numpy as np

seen = []


def tanh(x):
    seen.append(np.array(x).tolist())
    raise ValueError(seen)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
