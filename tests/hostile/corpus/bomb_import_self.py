"""Imports itself under its own and other names, and reloads itself in a call."""

# expect: tanh=passed
# neighbour: sigmoid=passed relu=passed

import importlib
import sys

import numpy as np

import activations


def tanh(x):
    importlib.reload(sys.modules["activations"])
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
