# expect: relu: values=failed
"""Stored in an integer array."""
import numpy as np


def relu(x):
    out = np.zeros_like(x, dtype=int)
    out[...] = np.maximum(x, 0)
    return out
