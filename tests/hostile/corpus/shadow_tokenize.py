"""Brings a harmless module with the name of one that reads sources, and a function that raises."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    return np.tanh(y)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)


# --- file: tokenize.py
value = 1
