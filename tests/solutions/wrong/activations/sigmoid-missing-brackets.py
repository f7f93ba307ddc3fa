# expect: sigmoid: values=failed
# expect: sigmoid_grad: values=failed
"""1/1 + e^-x."""
import numpy as np


def sigmoid(x):
    return 1 / 1 + np.exp(-x)


def sigmoid_grad(x):
    return sigmoid(x) * (1 - sigmoid(x))
