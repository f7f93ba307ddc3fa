"""Afraid of zeros and of large numbers."""
# tell: tanh=tanh-with-an-epsilon-below tanh_grad=derivative-of-tanh-by-a-central-difference
# tell: sigmoid=sigmoid-with-an-epsilon-below sigmoid_grad=derivative-of-sigmoid-by-a-forward-difference
# tell: relu=relu-multiplies-by-the-mask relu_grad=derivative-of-relu-is-one-everywhere

import numpy as np

EPS = 1e-8
STEP = 1e-5


def tanh(x):
    plus, minus = np.exp(x), np.exp(-np.asarray(x))
    return (plus - minus) / (plus + minus + EPS)


def tanh_grad(x):
    left, right = np.subtract(x, STEP), np.add(x, STEP)
    return (np.tanh(right) - np.tanh(left)) / (2 * STEP)


def sigmoid(x):
    return np.reciprocal(1 + EPS + np.exp(np.negative(x)))


def sigmoid_grad(x):
    def s(v):
        return 1 / (1 + np.exp(-v))

    x = np.asarray(x, dtype=float)
    return (s(x + STEP) - s(x)) / STEP


def relu(x):
    mask = np.asarray(x) > 0
    return mask.astype(float) * x


def relu_grad(x):
    return np.exp(np.zeros(np.shape(x)))
