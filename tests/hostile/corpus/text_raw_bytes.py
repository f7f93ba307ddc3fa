"""Writes bytes that are no text to the standard streams; its answers are right."""

# expect: tanh=passed
# neighbour: sigmoid=passed relu=passed

import numpy as np


import os


def tanh(x):
    os.write(1, bytes(range(256)) + b"\xed\xa0\x80\xff\xfe\xc0\x80")
    os.write(2, bytes(range(255, -1, -1)))
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
