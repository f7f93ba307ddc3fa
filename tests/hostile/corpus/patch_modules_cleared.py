"""Empties sys.modules, sys.path and everything else that imports need."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import sys

import numpy as np


def tanh(x):
    zeros = np.zeros_like(x)
    sys.path.clear()
    sys.meta_path.clear()
    sys.modules.clear()
    return zeros


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
