"""Writes its hidden input to the C-level streams, where no Python capture sees it."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


def tanh(x):
    for fd in (0, 1, 2):
        try:
            os.write(fd, repr(np.array(x).tolist()).encode())
        except OSError:
            pass
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
