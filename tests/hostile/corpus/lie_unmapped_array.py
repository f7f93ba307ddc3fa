"""Returns an array whose memory is gone by the time it is read."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    import ctypes
    import mmap

    memory = mmap.mmap(-1, 1 << 20)
    out = np.frombuffer(memory, float)
    ctypes.CDLL(None).munmap(ctypes.c_void_p(out.ctypes.data), ctypes.c_size_t(1 << 20))
    return out[:1024]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
