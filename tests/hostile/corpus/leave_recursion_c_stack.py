"""Lifts the recursion limit and recurses through C until the stack is gone."""

# expect: tanh=crashed|error
# either: from Python 3.12 on recursion through C has a limit of its own, which is an error
# neighbour: sigmoid=passed relu=passed

import sys

import numpy as np


class Deep:
    def __add__(self, other):
        return self + other


def tanh(x):
    sys.setrecursionlimit(2**31 - 1)
    return Deep() + Deep()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
