"""Aborts the process."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


def tanh(x):
    os.abort()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
