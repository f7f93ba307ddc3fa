"""Closes the standard streams; its answers are right."""

# expect: tanh=passed
# neighbour: sigmoid=passed relu=passed

import sys

import numpy as np


def tanh(x):
    sys.stdout.close()
    sys.stderr.close()
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
