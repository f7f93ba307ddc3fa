"""Raises what Ctrl-C raises, hoping that the grader stops."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    raise KeyboardInterrupt


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
