# expect: relu: stable=failed
"""Clipped from above, far out."""
import numpy as np


def relu(x):
    return np.clip(x, 0, 1e6)
