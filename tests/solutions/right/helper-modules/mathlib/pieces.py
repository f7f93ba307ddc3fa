import numpy as np


def relu(x):
    return np.maximum(x, 0.0)


def relu_grad(x):
    return np.heaviside(x, 0.0)
