"""Raises with a traceback that points to lines of others: frames are made, not earned."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import sys
import types

import numpy as np


def tanh(x):
    fake = types.TracebackType(None, sys._getframe(), 10**6, 10**9)
    raise ValueError("forged").with_traceback(types.TracebackType(fake, sys._getframe(), 0, -5))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
