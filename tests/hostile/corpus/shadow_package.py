"""Brings a folder with the name of its own file, in which everything is wrong."""

# expect: tanh=passed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)


# --- file: activations/__init__.py
raise SystemExit("the folder was loaded instead of the file")
