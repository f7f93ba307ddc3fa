"""Multiplies matrices that are far too large for the time."""

# expect: tanh=timeout
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    a = np.random.default_rng(1).normal(size=(1500, 1500))
    while True:
        a = a @ a / np.linalg.norm(a, 2)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
