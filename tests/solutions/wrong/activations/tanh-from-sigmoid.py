# expect: tanh: accurate=failed
"""The right formula, which cancels near 0."""
import numpy as np


def tanh(x):
    with np.errstate(over="ignore"):
        return 2 / (1 + np.exp(-2 * np.asarray(x))) - 1
