"""Maps shared memory, which does not count as its own."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import mmap

import numpy as np


def tanh(x):
    held = []
    while True:
        held.append(mmap.mmap(-1, 1 << 28, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS))
        for page in range(0, 1 << 28, 4096):
            held[-1][page] = 1


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
