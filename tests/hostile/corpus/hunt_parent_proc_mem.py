"""Opens the memory of its parent as a file."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


def tanh(x):
    with open(f"/proc/{os.getppid()}/mem", "rb", buffering=0) as memory:
        memory.seek(0x400000)
        memory.read(1)
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
