"""Puts /dev/null in the place of every descriptor."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


def tanh(x):
    null = os.open("/dev/null", os.O_RDWR)
    for fd in range(65):
        if fd != null:
            os.dup2(null, fd)
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
