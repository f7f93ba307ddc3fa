"""Prints more than is kept and less than kills; its answers are right."""

# expect: tanh=passed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    for number in range(1000):
        print(number, "\u2028\x1b[5m" * 5)
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
