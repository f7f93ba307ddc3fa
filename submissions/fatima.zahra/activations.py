"""Part 1 - not finished, tanh_grad and sigmoid_grad are missing (will hand in late)"""
import numpy as np


def tanh(x):
    a = np.exp(2 * np.asarray(x))
    return (a - 1) / (a + 1)


def sigmoid(x):
    return np.exp(x) / (1 + np.exp(x))


def relu(x):
    return np.maximum(x, 0)


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1, 0)


def tanh_grad(x):
    raise NotImplementedError
