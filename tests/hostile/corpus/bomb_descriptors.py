"""Opens descriptors until there are none left and keeps them."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


held = []


def tanh(x):
    while True:
        held.append(os.dup(1))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
