"""Floods the standard streams from C, behind Python's back."""

# expect: tanh=output_limit
# neighbour: sigmoid=passed relu=passed

import ctypes

import numpy as np


def tanh(x):
    libc = ctypes.CDLL(None)
    block = b"\xff" * (1 << 16)
    while True:
        for fd in (1, 2):
            libc.write(fd, block, len(block))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
