# expect: tanh: values=failed
"""Interpolated in a table."""
import numpy as np


GRID = np.linspace(-8, 8, 257)
TABLE = np.tanh(GRID)


def tanh(x):
    return np.interp(x, GRID, TABLE)
