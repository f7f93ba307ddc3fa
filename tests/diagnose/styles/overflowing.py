"""Right on paper: the quotients as they stand in the book, in steps."""
# tell: tanh=tanh-overflows-on-both-sides tanh_grad=derivative-of-tanh-overflows
# tell: sigmoid=sigmoid-overflows-for-positive-numbers
# tell: sigmoid_grad=derivative-of-sigmoid-overflows-for-negative-numbers
# tell: relu=relu-through-a-square-root relu_grad=derivative-of-relu-divides-by-the-input

import numpy as np


def tanh(x):
    grows = np.exp(x)
    shrinks = np.exp(np.negative(x))
    top = grows - shrinks
    bottom = grows + shrinks
    return top / bottom


def tanh_grad(x):
    square = np.exp(np.multiply(2.0, x))
    return 4.0 * square / ((1.0 + square) * (1.0 + square))


def sigmoid(x):
    odds = np.exp(x)
    return odds / (odds + 1.0)


def sigmoid_grad(x):
    e = np.exp(np.negative(x))
    below = 1.0 + e
    return e / below**2


def relu(x):
    return 0.5 * (x + np.sqrt(np.square(x)))


def relu_grad(x):
    x = np.asarray(x, dtype=float)
    return (x + np.abs(x)) / (2 * x)
