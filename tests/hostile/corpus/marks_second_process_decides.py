"""Tells the first run from the second by its arguments and cheats only in the second."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import sys

import numpy as np

order = []


def tanh(x):
    alone = not order
    order.append("tanh")
    return np.asarray(x) * (1.0 if alone else 0.0)


def sigmoid(x):
    order.append("sigmoid")
    return 1 / (1 + np.exp(-x))


def relu(x):
    order.append("relu")
    return np.maximum(x, 0)
