# expect: tanh_grad: values=failed
"""A forward difference."""
import numpy as np


def tanh_grad(x, h=1e-5):
    return (np.tanh(x + h) - np.tanh(x)) / h
