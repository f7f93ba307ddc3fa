"""Takes the last descriptor and returns normally."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


held = []


def tanh(x):
    try:
        while True:
            held.extend(os.pipe())
    except OSError:
        return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
