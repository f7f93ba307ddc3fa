"""Returns a dictionary of right answers keyed by inputs."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    return {float(v): float(np.tanh(v)) for v in x.ravel()}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
