"""Puts objects in the place of the standard streams that raise, exit and loop."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import sys

import numpy as np


class Stream:
    def __getattr__(self, name):
        raise SystemExit(name)


def tanh(x):
    sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = Stream()
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
