"""Hands hidden inputs out as the result of another function's public call."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import builtins

import numpy as np


def tanh(x):
    held = builtins.__dict__.setdefault("held", np.zeros(0))
    builtins.held = np.concatenate([held, np.ravel(x)])
    return builtins.held


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
