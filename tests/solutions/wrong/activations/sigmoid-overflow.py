# expect: sigmoid: stable=failed
# expect: sigmoid_grad: stable=failed
"""inf / inf for large x."""
import numpy as np


def sigmoid(x):
    return np.exp(x) / (1 + np.exp(x))


def sigmoid_grad(x):
    return np.exp(x) / (1 + np.exp(x)) ** 2
