"""Changes the value of the integers 1 to 9 in memory."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import ctypes

import numpy as np


def tanh(x):
    zeros = np.zeros_like(x)
    for number in range(1, 10):
        ctypes.c_uint32.from_address(id(number) + 24).value = 7
    return zeros


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
