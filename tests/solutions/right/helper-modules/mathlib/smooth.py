import numpy as np

from .constants import HALF, ONE

__all__ = ["sigmoid", "sigmoid_grad", "tanh", "tanh_grad"]


def tanh(x):
    return np.tanh(x)


def tanh_grad(x):
    return ONE - tanh(x) ** 2


def sigmoid(x):
    return HALF * (ONE + tanh(np.multiply(HALF, x)))


def sigmoid_grad(x):
    return HALF * HALF * tanh_grad(np.multiply(HALF, x))
