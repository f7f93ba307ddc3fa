# expect: tanh: values=failed
# expect: sigmoid: values=failed
# expect: relu: values=failed
# expect: relu_grad: values=failed
"""Right numbers, as Python objects: no real type of NumPy."""
import numpy as np


def tanh(x):
    return np.tanh(x).astype(object)


def sigmoid(x):
    return (1 / (1 + np.exp(-x))).astype(object)


def relu(x):
    return np.asarray(np.maximum(x, 0), dtype=object)


def relu_grad(x):
    return (np.asarray(x) > 0).astype(object)
