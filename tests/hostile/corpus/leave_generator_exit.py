"""Raises GeneratorExit and StopIteration through the harness's own loops."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    raise GeneratorExit if x.size % 2 else StopIteration(np.tanh(x))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
