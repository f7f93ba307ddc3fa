# expect: tanh: values=failed
"""Right, with an imaginary part of zero: not a real array."""
import numpy as np


def tanh(x):
    return -1j * np.tan(1j * np.asarray(x))
