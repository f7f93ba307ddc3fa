# expect: tanh: values=failed
"""Rounded, because it looks nicer."""
import numpy as np


def tanh(x):
    return np.round(np.tanh(x), 4)
