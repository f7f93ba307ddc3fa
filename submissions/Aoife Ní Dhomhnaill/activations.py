from math import cosh, exp

import numpy as np


def tanh(x):
    return (exp(x) - exp(-x)) / (exp(x) + exp(-x))


def tanh_grad(x):
    return 1 / cosh(x) ** 2


def sigmoid(x):
    return 1 / 1 + np.exp(-x)


def sigmoid_grad(x):
    return np.exp(-x) / (1 + np.exp(-x))


def relu(x):
    return max(0, x)


def relu_grad(x):
    if x > 0:
        return 1
    return 0
