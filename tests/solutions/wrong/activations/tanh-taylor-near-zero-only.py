# expect: tanh: stable=failed accurate=failed
"""The series where x is small, with one term too few: 7e-7 off at 0.2."""
import numpy as np


def tanh(x):
    x = np.asarray(x, dtype=float)
    return np.where(np.abs(x) < 0.2, x - x**3 / 3 + 2 * x**5 / 15, np.tanh(x))
