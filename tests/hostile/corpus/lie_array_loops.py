"""Returns an object whose __array__ never ends."""

# expect: tanh=timeout
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Endless:
    def __array__(self, *args, **kwargs):
        while True:
            pass


def tanh(x):
    return Endless()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
