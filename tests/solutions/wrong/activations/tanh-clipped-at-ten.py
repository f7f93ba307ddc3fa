# expect: tanh: stable=failed accurate=failed
"""Clipped too early: tanh(10) is not 1 yet."""
import numpy as np


def tanh(x):
    return np.tanh(np.clip(x, -10, 10))
