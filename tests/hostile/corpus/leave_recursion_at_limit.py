"""Lowers the recursion limit so far that the harness has no frame left."""

# expect: tanh=crashed|error
# either: from Python 3.12 on frames are counted otherwise, so that there may be one left
# neighbour: sigmoid=passed relu=passed

import sys

import numpy as np


def tanh(x):
    depth, frame = 0, sys._getframe()
    while frame:
        depth, frame = depth + 1, frame.f_back
    for limit in range(depth + 1, depth + 20):
        try:
            sys.setrecursionlimit(limit)
            break
        except RecursionError:
            pass
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
