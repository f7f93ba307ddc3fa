"""Turns the warnings module into a weapon: filters, hooks and 10,000 warnings."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import sys
import warnings

import numpy as np


def tanh(x):
    warnings.simplefilter("always")
    for number in range(10_000):
        warnings.warn(f"<b>warning</b> {number} \x1b[31m" + "w" * 1000)
    warnings.filters = warnings.showwarning = warnings.catch_warnings = warnings._showwarnmsg = None
    sys.warnoptions = None
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
