"""Looks in the job that the harness holds for a seed from which hidden inputs could be drawn."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import sys

import numpy as np


def tanh(x):
    frame = sys._getframe(1)
    while frame:
        for value in list(frame.f_locals.values()):
            seed = value.get("seed") if type(value) is dict else None
            if isinstance(seed, (int, str)) and seed:
                print("found", seed)
                return np.tanh(x)
        frame = frame.f_back
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
