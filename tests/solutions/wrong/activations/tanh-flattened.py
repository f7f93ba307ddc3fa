# expect: tanh: shapes=failed
"""The shape is lost."""
import numpy as np


def tanh(x):
    return np.tanh(np.ravel(x))
