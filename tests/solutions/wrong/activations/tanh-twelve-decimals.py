# expect: tanh: stable=failed accurate=failed
"""Rounded to twelve decimals."""
import numpy as np


def tanh(x):
    return np.around(np.tanh(x), decimals=12)
