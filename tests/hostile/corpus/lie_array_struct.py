"""Returns an object with a forged C-level array struct."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Struct:
    @property
    def __array_struct__(self):
        import ctypes

        new = ctypes.pythonapi.PyCapsule_New
        new.restype = ctypes.py_object
        return new(ctypes.c_void_p(4096), None, None)


def tanh(x):
    return Struct()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
