"""Closes every descriptor and goes on as if nothing were wrong."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


def tanh(x):
    os.closerange(0, 1024)
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
