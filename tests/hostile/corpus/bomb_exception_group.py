"""Raises groups of groups of exceptions, 5,000 deep and a million wide."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    group = ValueError("leaf")
    for _ in range(5_000):
        group = ExceptionGroup("<group>", [group])
    raise ExceptionGroup("wide", [group] * 1_000_000)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
