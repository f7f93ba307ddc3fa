"""One number at a time, with the functions of Python's math."""

import math

import numpy as np


def each(function, x):
    x = np.asarray(x, dtype=np.float64)
    return np.array([function(float(one)) for one in x.ravel()]).reshape(x.shape)


def tanh(x):
    return each(math.tanh, x)


def tanh_grad(x):
    return each(lambda one: 1.0 / math.cosh(one) ** 2 if abs(one) < 300 else 0.0, x)


def sigmoid(x):
    return each(logistic, x)


def logistic(one):
    if one >= 0:
        return 1 / (1 + math.exp(-one))
    small = math.exp(one)
    return small / (1 + small)


def sigmoid_grad(x):
    return each(lambda one: logistic(one) * logistic(-one), x)


def relu(x):
    return each(lambda one: max(one, 0.0), x)


def relu_grad(x):
    return each(lambda one: float(one >= 0), x)
