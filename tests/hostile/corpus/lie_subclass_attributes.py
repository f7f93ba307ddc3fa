"""Returns an array subclass that lies about its shape, type, size and bytes."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Liar(np.ndarray):
    shape = property(lambda self: (1 << 40,))
    dtype = property(lambda self: np.dtype("O"))
    nbytes = size = property(lambda self: -8)
    ndim = property(lambda self: True)
    flags = property(lambda self: None)

    def tobytes(self, *args):
        return b"\xff" * 7

    data = property(lambda self: memoryview(b"short"))


def tanh(x):
    return np.zeros(x.shape).view(Liar)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
