"""Puts standard output in the place of every other descriptor."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


def tanh(x):
    for fd in range(2, 65):
        try:
            os.fstat(fd)
            os.dup2(1, fd)
        except OSError:
            pass
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
