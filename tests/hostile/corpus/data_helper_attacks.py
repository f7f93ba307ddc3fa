"""Is right itself; the helper module that a neighbour imports ends the process."""

# expect: tanh=passed relu_grad=crashed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    return np.tanh(x)


def relu_grad(x):
    import helper

    return helper.step(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)


# --- file: helper.py
import os

os._exit(0)
