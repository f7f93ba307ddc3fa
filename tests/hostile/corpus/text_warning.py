"""Warns in HTML and escapes, with a category of its own making; its answers are right."""

# expect: tanh=passed
# neighbour: sigmoid=passed relu=passed

import numpy as np


import warnings


def tanh(x):
    category = type("<b>Warning</b>\x1b[31m", (UserWarning,), {})
    warnings.warn_explicit("\x1b[31m</p>\ud800" * 100, category, "/etc/passwd", 10**9)
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
