"""Opens shared memory of other processes."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import os
from multiprocessing import shared_memory

import numpy as np


def tanh(x):
    try:
        print(os.listdir("/dev/shm"))
        return np.tanh(x)
    except OSError:
        pass
    shared_memory.SharedMemory(name="gradegate", create=True, size=4096)
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
