"""A linear layer with tanh behind it, in steps."""

import numpy as np


def layer(x, W, b):
    """Return tanh(x W + b)."""
    return squashed(products(x, W) + shift(b))


def products(x, W):
    """Return x W."""
    return x @ W


def shift(b):
    """Return what is added to every row."""
    return b


def squashed(z):
    """Return tanh(z)."""
    return np.tanh(z)


def half(x):
    """Return x / 2."""
    return x / 2


def even(x):
    """Return x^2: it does not notice the sign of the half."""
    return 4 * half(x) ** 2
