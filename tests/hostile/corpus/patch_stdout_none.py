"""Takes the standard streams away; its answers are right."""

# expect: tanh=passed
# neighbour: sigmoid=passed relu=passed

import sys

import numpy as np


def tanh(x):
    sys.stdout = sys.stderr = sys.stdin = sys.__stdout__ = sys.__stderr__ = None
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
