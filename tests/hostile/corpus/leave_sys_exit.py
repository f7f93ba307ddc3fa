"""Leaves with a success code in the middle of a call."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import sys

import numpy as np


def tanh(x):
    sys.exit(0)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
