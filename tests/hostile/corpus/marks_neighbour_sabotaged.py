"""Is right, and ruins its neighbours: replaces them, breaks their globals and their code."""

# expect: tanh=passed
# neighbour: sigmoid=passed relu=passed

import sys

import numpy as np


def tanh(x):
    answer = np.tanh(x)
    module = sys.modules[__name__]
    for name in ("sigmoid", "relu"):
        if globals()[name]:
            globals()[name].__code__ = (lambda x: None).__code__
        setattr(module, name, None)
    globals()["np"] = None
    np_again = sys.modules["numpy"]
    np_again.exp = np_again.maximum = None
    tanh.__globals__["np"] = np_again
    return answer


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
