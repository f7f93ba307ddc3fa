"""Waits for input on the descriptors of the harness."""

# expect: tanh=timeout
# neighbour: sigmoid=passed relu=passed

import fcntl
import os

import numpy as np


def tanh(x):
    for fd in range(3, 65):
        try:
            fcntl.fcntl(fd, fcntl.F_SETFL, 0)
            os.read(fd, 1 << 16)
        except OSError:
            pass
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
