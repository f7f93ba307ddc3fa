# expect: tanh: values=failed
"""The sign is lost."""
import numpy as np


def tanh(x):
    return np.tanh(np.abs(x))
