"""Raises an exception whose class is named like a script, with surrogates and a null byte."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    raise type("</title><script>alert(1)</script>\ud800\x1b[31m", (Exception,), {"__module__": "\ud800"})("\x00")


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
