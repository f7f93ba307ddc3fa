import numpy as np

F = np.float32  # what we use on the GPU


def tanh(x):
    return np.tanh(np.asarray(x, dtype=F))


def tanh_grad(x):
    t = tanh(x)
    return F(1) - t * t


def sigmoid(x):
    x = np.asarray(x, dtype=F)
    return F(1) / (F(1) + np.exp(-x))


def sigmoid_grad(x):
    s = sigmoid(x)
    return s * (F(1) - s)


def relu(x):
    return np.maximum(np.asarray(x, dtype=F), F(0))


def relu_grad(x):
    return (np.asarray(x) > 0).astype(F)
