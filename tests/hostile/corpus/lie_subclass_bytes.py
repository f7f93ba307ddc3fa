"""Returns an array subclass whose bytes are far more than its shape says."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Fat(np.ndarray):
    def tobytes(self, *args):
        return b"\0" * (1 << 24)

    def astype(self, *args, **kwargs):
        return self

    __array__ = astype


def tanh(x):
    return np.zeros(x.shape).view(Fat)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
