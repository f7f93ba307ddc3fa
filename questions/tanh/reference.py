"""Activations and their derivatives, as textbooks have them, in steps that can be replaced one by one.

Every function works elementwise on float64 arrays and on object arrays of balls alike. The quotients are divided
by their larger exponential, so that nothing overflows: with e = exp(-|x|) <= 1,

    tanh |x|    = (e^|x| - e^-|x|) / (e^|x| + e^-|x|) = (1 - e^2) / (1 + e^2)
    sigmoid |x| = 1 / (1 + e^-|x|)                    = 1 / (1 + e)
    sigmoid -|x|                                      = e / (1 + e)
"""

import numpy as np

__all__ = ["relu", "relu_grad", "sigmoid", "sigmoid_grad", "tanh", "tanh_grad"]


# tanh


def tanh(x):
    """Return (e^x - e^-x) / (e^x + e^-x): odd, so the sign is taken out first."""
    return sign(x) * tanh_numerator(np.abs(x)) / tanh_denominator(np.abs(x))


def sign(x):
    """Return -1 for negative numbers and 1 for all others."""
    return np.where(x < 0, -1, 1)


def tanh_numerator(size):
    """Return e^size - e^-size, over e^size; expm1 keeps the digits that 1 - e^(-2 size) loses near 0."""
    return -np.expm1(-2 * size)


def tanh_denominator(size):
    """Return e^size + e^-size, over e^size."""
    return 1 + np.exp(-2 * size)


def tanh_grad(x):
    """Return the derivative of tanh at x."""
    return tanh_slope(tanh(x))


def tanh_slope(y):
    """Return the derivative of tanh where its value is y."""
    return 1 - y**2


# sigmoid


def sigmoid(x):
    """Return 1 / (1 + e^-x)."""
    return sigmoid_numerator(x) / sigmoid_denominator(x)


def sigmoid_numerator(x):
    """Return 1, over e^-x where x is negative."""
    return np.where(x < 0, np.exp(-np.abs(x)), 1)


def sigmoid_denominator(x):
    """Return 1 + e^-x, over e^-x where x is negative."""
    return 1 + np.exp(-np.abs(x))


def sigmoid_grad(x):
    """Return the derivative of the sigmoid at x."""
    return sigmoid_slope(sigmoid(x))


def sigmoid_slope(s):
    """Return the derivative of the sigmoid where its value is s."""
    return s * (1 - s)


# relu


def relu(x):
    """Return x where it is positive, else 0."""
    return np.where(is_active(x), x, 0.0)


def relu_grad(x):
    """Return 1 where x is positive, else 0; at 0 itself any number from 0 to 1 is a slope."""
    return np.where(is_active(x), 1.0, 0.0)


def is_active(x):
    """Return where the unit lets its input through."""
    return x > 0
