"""Reads address zero through ctypes."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import ctypes

import numpy as np


def tanh(x):
    return ctypes.string_at(0)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
