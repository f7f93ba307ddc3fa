"""Returns objects that run code where they are unpickled, in every protocol that could be in use."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


class Payload:
    def __reduce__(self):
        return (os._exit, (0,))

    __getstate__ = __reduce_ex__ = lambda self, *a: (os._exit, (0,))


def tanh(x):
    out = np.empty(x.shape, object)
    out[...] = Payload()
    return out


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
