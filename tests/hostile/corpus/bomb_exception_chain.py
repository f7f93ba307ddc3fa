"""Raises an exception with a chain of 50,000 causes that ends in itself."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    first = problem = ValueError("first")
    for number in range(50_000):
        later = ValueError(number)
        later.__cause__ = later.__context__ = problem
        problem = later
    first.__cause__ = problem
    raise problem


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
