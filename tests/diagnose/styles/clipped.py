"""Clips its input first, and borrows one function from the other."""
# tell: tanh=tanh-cancels-near-zero tanh_grad=derivative-of-tanh-by-a-forward-difference
# tell: sigmoid=sigmoid-clips-its-input-too-early sigmoid_grad=derivative-of-sigmoid-between-neighbours
# tell: relu=relu-of-the-largest-only relu_grad=derivative-of-relu-is-relu

import numpy as np


def tanh(x):
    return 2 / (1 + np.exp(np.multiply(-2, x))) - 1


def tanh_grad(x):
    h = 10**-5
    y = np.tanh(np.stack([np.asarray(x, float), np.asarray(x, float) + h]))
    return (y[1] - y[0]) / h


def sigmoid(x):
    x = np.minimum(np.maximum(x, -20), 20)
    return 1 / (1 + np.exp(-x))


def sigmoid_grad(x):
    x = np.asarray(x, float)
    return np.gradient(0.5 + 0.5 * np.tanh(0.5 * x), x)


def relu(x):
    return max(0.0, np.amax(x))


def relu_grad(x):
    return (np.abs(x) + x) / 2
