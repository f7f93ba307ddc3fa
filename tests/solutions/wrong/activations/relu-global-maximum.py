# expect: relu: values=failed
"""One number for the whole array."""
import numpy as np


def relu(x):
    return np.max(np.maximum(x, 0))
