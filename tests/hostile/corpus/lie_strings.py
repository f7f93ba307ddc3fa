"""Returns text that would convert to the right numbers, and to formulas."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    return np.array(["=cmd|'/c calc'!A1"] * x.size)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
