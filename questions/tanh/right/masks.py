"""With masks, and with exponentials of numbers that are never positive, so that nothing overflows."""

import numpy as np


def tanh(x):
    x = np.asarray(x, dtype=np.float64)
    rest = np.expm1(-2 * np.abs(x))  # e^(-2|x|) - 1
    return np.copysign(rest / (2 + rest), x)


def tanh_grad(x):
    e = np.exp(-2 * np.abs(x))
    return 4 * e / (1 + e) ** 2


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    e = np.exp(-np.abs(x))
    y = np.array(e / (1 + e))
    positive = x >= 0
    y[positive] = 1 / (1 + e[positive])
    return y


def sigmoid_grad(x):
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2


def relu(x):
    y = np.array(x, dtype=np.float64)
    y[y < 0] = 0
    return y


def relu_grad(x):
    return (np.asarray(x) > 0).astype(np.float64)
