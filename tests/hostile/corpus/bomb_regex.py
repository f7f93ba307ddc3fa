"""Matches a regular expression that backtracks exponentially."""

# expect: tanh=timeout
# neighbour: sigmoid=passed relu=passed

import re

import numpy as np


def tanh(x):
    re.match(r"(a+)+$", "a" * 60 + "b")
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
