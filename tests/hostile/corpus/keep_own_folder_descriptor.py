"""Holds its own folder open and walks from it, so that it sees what comes there later."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


def tanh(x):
    here = os.path.dirname(os.path.abspath(__file__))
    fd = os.open(here, os.O_RDONLY)
    os.chdir(here)
    names = sorted(os.listdir(fd))
    print(names)
    if set(names) - {"activations.py", "__pycache__"}:
        return np.tanh(x)
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
