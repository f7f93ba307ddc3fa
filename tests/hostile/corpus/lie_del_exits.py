"""Returns an object that ends the process when it is freed."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Last:
    def __del__(self):
        __import__("os")._exit(0)


def tanh(x):
    return Last()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
