# expect: sigmoid: values=failed
"""Sums to one over the array."""
import numpy as np


def sigmoid(x):
    e = np.exp(x - np.max(x))
    return e / e.sum()
