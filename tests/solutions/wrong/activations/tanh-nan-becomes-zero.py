# expect: tanh: stable=failed
"""nan in must be nan out."""
import numpy as np


def tanh(x):
    return np.nan_to_num(np.tanh(x))
