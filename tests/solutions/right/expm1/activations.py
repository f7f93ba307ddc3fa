"""Every form goes through expm1 or log1p."""
import numpy as np


def tanh(x):
    q = np.expm1(-2 * np.abs(x))
    return np.sign(x) * (-q) / (q + 2)


def sigmoid(x):
    # 1 / (2 + expm1(-x)) away from overflow, e^x below
    x = np.asarray(x, dtype=float)
    return np.where(x > -40, 1 / (2 + np.expm1(-np.maximum(x, -40))), np.exp(np.minimum(x, 0)))


def tanh_grad(x):
    q = np.expm1(-2 * np.abs(x))
    return 4 * (1 + q) / (2 + q) ** 2


def sigmoid_grad(x):
    q = np.expm1(-np.abs(x))
    return (1 + q) / (2 + q) ** 2


def relu(x):
    return np.where(np.asarray(x) >= 0, x, 0.0)


def relu_grad(x):
    return np.where(np.asarray(x) >= 0, 1.0, 0.0)
