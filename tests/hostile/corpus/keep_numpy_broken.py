"""Breaks NumPy for every submission after it."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    for name in ("exp", "maximum", "add", "multiply", "tanh", "zeros"):
        for module in (np, np._core, np._core.umath, np._core.multiarray):
            if hasattr(module, name):
                setattr(module, name, lambda *a, **k: 0.0)
    return np.float64(0.25)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
