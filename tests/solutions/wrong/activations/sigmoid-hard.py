# expect: sigmoid: values=failed
# expect: sigmoid_grad: values=failed
"""The piecewise linear sigmoid."""
import numpy as np


def sigmoid(x):
    return np.clip(np.asarray(x) / 6 + 0.5, 0, 1)


def sigmoid_grad(x):
    return (np.abs(x) < 3) / 6
