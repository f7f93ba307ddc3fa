# expect: tanh: values=failed
# expect: tanh_grad: values=failed
# expect: sigmoid: values=failed
# expect: sigmoid_grad: values=failed
# expect: relu: values=failed
"""Right, and cast to whole numbers at the end; relu_grad would lose nothing by it."""
import numpy as np


def tanh(x):
    return np.tanh(x).astype(int)


def tanh_grad(x):
    return (1 - np.tanh(x) ** 2).astype(np.int8)


def sigmoid(x):
    return np.asarray(1 / (1 + np.exp(-x)), dtype=np.int64)


def sigmoid_grad(x):
    s = 1 / (1 + np.exp(-x))
    return np.asarray(s * (1 - s)) > 0.5


def relu(x):
    return np.maximum(x, 0).astype(int)


def relu_grad(x):
    return (np.asarray(x) > 0).astype(int)
