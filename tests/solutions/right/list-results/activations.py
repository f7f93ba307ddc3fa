import numpy as np


def tanh(x):
    return np.tanh(x).tolist()


def tanh_grad(x):
    return (1 - np.tanh(x) ** 2).tolist()


def sigmoid(x):
    return (0.5 + 0.5 * np.tanh(np.multiply(x, 0.5))).tolist()


def sigmoid_grad(x):
    return (0.25 / np.cosh(np.clip(np.multiply(x, 0.5), -360, 360)) ** 2).tolist()


def relu(x):
    return np.maximum(x, 0).tolist()


def relu_grad(x):
    return np.greater(x, 0).astype(int).tolist()
