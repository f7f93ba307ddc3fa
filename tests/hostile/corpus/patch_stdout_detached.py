"""Detaches the standard streams from their buffers; its answers are right."""

# expect: tanh=passed
# neighbour: sigmoid=passed relu=passed

import sys

import numpy as np


def tanh(x):
    try:
        sys.stdout.detach()
    except ValueError:
        pass
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
