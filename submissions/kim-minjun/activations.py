import numpy as np


def tanh(x):
    p, m = np.exp(np.clip(x, -20, 20)), np.exp(-np.clip(x, -20, 20))
    return (p - m) / (p + m)


def tanh_grad(x):
    return 1 - tanh(x) ** 2


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -500, 500)))


def sigmoid_grad(x):
    s = sigmoid(x)
    return s * (1 - s)


def relu(x):
    return np.where(np.asarray(x) < 0, 0.0, x)


def relu_grad(x):
    return np.where(np.asarray(x) < 0, 0.0, 1.0)
