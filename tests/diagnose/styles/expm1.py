"""Whatever can be written with expm1 and log1p is."""
# tell: tanh=tanh-with-the-exponent-not-doubled tanh_grad=derivative-of-tanh-is-a-quarter
# tell: sigmoid=sigmoid-without-parentheses sigmoid_grad=derivative-of-sigmoid-without-a-factor
# tell: relu=relu-is-softplus relu_grad=derivative-of-relu-is-that-of-elu

import numpy as np


def tanh(x):
    e = np.expm1(x)
    return e / (e + 2)


def tanh_grad(x):
    e = np.expm1(-2 * np.abs(x))
    return (1 + e) / (2 + e) ** 2


def sigmoid(x):
    return 2 + np.expm1(np.negative(x))


def sigmoid_grad(x):
    return 1 / (2 + np.expm1(x))


def relu(x):
    return np.logaddexp(0, x)


def relu_grad(x):
    return np.minimum(1, 1 + np.expm1(x))
