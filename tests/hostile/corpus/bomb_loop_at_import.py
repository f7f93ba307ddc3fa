"""Loops while it is imported."""

# expect: tanh=timeout

import numpy as np

while True:
    pass


def tanh(x):
    return np.tanh(x)
