"""Loops and swallows every exception that could interrupt it."""

# expect: tanh=timeout
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
