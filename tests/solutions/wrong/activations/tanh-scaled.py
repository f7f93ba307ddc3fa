# expect: tanh: values=failed
"""The scaled tanh of an old paper."""
import numpy as np


def tanh(x):
    return 1.7159 * np.tanh(2 / 3 * np.asarray(x))
