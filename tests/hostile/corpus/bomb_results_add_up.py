"""Returns results that fit one by one and not together, under every function's name."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed
# limits: total=2500000

import numpy as np


def tanh(x):
    return np.zeros(120_000)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
