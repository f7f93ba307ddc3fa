"""Returns an object whose __class__ says that it is an array."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Fake:
    __class__ = np.ndarray
    shape, dtype, nbytes, size, ndim, flags = (5,), np.dtype(float), 40, 5, 1, None

    def tobytes(self, *args):
        return b"\0" * 40

    def __array__(self, *args, **kwargs):
        return self


def tanh(x):
    return Fake()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
