# expect: tanh: shapes=failed
"""Writes the result over the argument."""
import numpy as np


def tanh(x):
    if isinstance(x, np.ndarray) and x.flags.writeable:
        np.tanh(x, out=x)
        return x
    return np.tanh(x)
