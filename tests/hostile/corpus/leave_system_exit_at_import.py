"""Leaves while it is imported, with a text that claims success."""

# expect: tanh=error

import numpy as np

raise SystemExit("10 passed in 0.01s")


def tanh(x):
    return np.tanh(x)
