"""Returns right numbers in an array whose base ends the process when it is freed."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Base(np.ndarray):
    def __del__(self):
        __import__("os").abort()


def tanh(x):
    return np.tanh(x).view(Base)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
