"""Keeps all memory and returns normally, so that its neighbours starve."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


held = []


def tanh(x):
    zeros, size = np.zeros_like(x), 1 << 28
    while size > 4096:
        try:
            held.append(bytearray(size))
        except MemoryError:
            size //= 2
    return zeros


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
