"""I wanted to call the C library myself: it has a fast tanh."""
import ctypes

import numpy as np


def tanh(x):
    x = np.ascontiguousarray(x, dtype=np.float64)
    # room for the results: from_address should allocate as many doubles as I ask for ... right?
    out = (ctypes.c_double * max(x.size, 1)).from_address(8 * x.size)
    for k in range(x.size):
        out[k] = ctypes.CDLL(None).tanh(ctypes.c_double(x.flat[k]))
    return np.array(out).reshape(x.shape)


def tanh_grad(x):
    return 1 - np.tanh(x)**2


def sigmoid(x):
    return 1/(1 + np.exp(-x))


def sigmoid_grad(x):
    return sigmoid(x)*(1 - sigmoid(x))


def relu(x):
    return np.max([np.zeros_like(x), x], axis=0)


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
