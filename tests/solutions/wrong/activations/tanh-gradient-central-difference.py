# expect: tanh_grad: stable=failed
"""A central difference: ten digits, not sixteen."""
import numpy as np


def tanh_grad(x, h=1e-5):
    return (np.tanh(x + h) - np.tanh(x - h)) / (2 * h)
