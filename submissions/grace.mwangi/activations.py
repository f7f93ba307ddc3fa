import numpy as np
import math


def sigmoid(x):
    if np.isscalar(x):
        return 1 / (1 + math.exp(-x))
    out = [sigmoid(v) for v in x]
    return np.array(out)


def sigmoid_grad(x):
    return sigmoid(x) * (1 - sigmoid(x))


def tanh(x):
    """Power series by hand, until a term no longer counts."""
    x = np.asarray(x, dtype=float)
    term = x.copy()
    sinh = x.copy()
    cosh = np.ones_like(x)
    n = 1
    while np.any(np.abs(term) > 0):
        cosh_term = term * 0.5
        sinh = sinh + term
        cosh = cosh + cosh_term
        n += 1
    return sinh / cosh


def tanh_grad(x):
    return 1 - np.tanh(x) ** 2


def relu(x):
    return (x + abs(x)) / 2


def relu_grad(x):
    return (np.sign(x) + 1) / 2
