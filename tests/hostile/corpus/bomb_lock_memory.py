"""Locks memory and fills pipes, which the kernel pays for."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import ctypes
import mmap

import numpy as np


def tanh(x):
    for size in (1 << 16, 1 << 24):
        block = mmap.mmap(-1, size)
        address = ctypes.addressof(ctypes.c_char.from_buffer(block))
        if ctypes.CDLL(None).mlock(ctypes.c_void_p(address), ctypes.c_size_t(size)) == 0:
            return np.tanh(x)
    if ctypes.CDLL(None).mlockall(7) == 0:
        return np.tanh(x)
    raise PermissionError("cannot lock")


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
