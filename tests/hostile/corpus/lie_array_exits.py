"""Returns an object whose __array__ ends the process."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Exit:
    def __array__(self, *args, **kwargs):
        __import__("os")._exit(0)


def tanh(x):
    return Exit()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
