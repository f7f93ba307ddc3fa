# expect: relu: values=failed
# expect: relu_grad: values=failed
"""Leaky ReLU."""
import numpy as np


def relu(x):
    return np.where(np.asarray(x) > 0, x, 0.01 * np.asarray(x))


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.01)
