# expect: tanh: stable=failed accurate=failed
"""A small number in the denominator, so that it can never be zero. It never is."""
import numpy as np


def tanh(x):
    x = np.clip(x, -300, 300)
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x) + 1e-8)
