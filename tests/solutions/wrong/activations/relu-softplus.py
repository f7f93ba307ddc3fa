# expect: relu: values=failed
"""The smooth relative."""
import numpy as np


def relu(x):
    return np.logaddexp(0, x)
