# expect: tanh: stable=failed accurate=failed
"""(e^2x - 1) / (e^2x + 1): inf / inf from 355 on."""
import numpy as np


def tanh(x):
    e = np.exp(np.multiply(2, x))
    return (e - 1) / (e + 1)
