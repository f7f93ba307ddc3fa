# expect: tanh: values=failed
# expect: tanh_grad: values=failed
# expect: sigmoid: values=failed
# expect: sigmoid_grad: values=failed
# expect: relu: values=failed
"""Right, and rounded to float16 at the end; relu_grad would lose nothing by it, as 0 and 1 are exact in any type."""
import numpy as np


def tanh(x):
    return np.tanh(x).astype(np.float16)


def tanh_grad(x):
    return (1 - np.tanh(x) ** 2).astype(np.float16)


def sigmoid(x):
    return (1 / (1 + np.exp(-x))).astype(np.float16)


def sigmoid_grad(x):
    s = 1 / (1 + np.exp(-x))
    return (s * (1 - s)).astype(np.float16)


def relu(x):
    return np.maximum(x, 0).astype(np.float16)


def relu_grad(x):
    return (np.asarray(x) > 0).astype(np.float16)
