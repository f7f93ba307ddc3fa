"""Ends the process with code 0 before any function can be called."""

# expect: tanh=crashed

import os

import numpy as np

os._exit(0)


def tanh(x):
    return np.tanh(x)
