"""Eats memory until there is none."""

# expect: tanh=memory
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    held = []
    while True:
        held.append(np.ones(1 << 22))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
