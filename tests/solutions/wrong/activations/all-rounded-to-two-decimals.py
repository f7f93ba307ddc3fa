# expect: tanh: values=failed
# expect: tanh_grad: values=failed
# expect: sigmoid: values=failed
# expect: sigmoid_grad: values=failed
# expect: relu: values=failed
"""Right, and rounded as for a table."""
import numpy as np


def tanh(x):
    return np.round(np.tanh(x), 2)


def tanh_grad(x):
    return np.round(1 - np.tanh(x) ** 2, 2)


def sigmoid(x):
    return np.round(1 / (1 + np.exp(-x)), 2)


def sigmoid_grad(x):
    s = 1 / (1 + np.exp(-x))
    return np.round(s * (1 - s), 2)


def relu(x):
    return np.round(np.maximum(x, 0), 2)
