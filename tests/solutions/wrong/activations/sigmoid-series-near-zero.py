# expect: sigmoid: stable=failed
# expect: sigmoid_grad: stable=failed
"""A series near 0 with one term too few: 2e-8 off at 0.1, and exact everywhere else."""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    with np.errstate(over="ignore"):
        return np.where(np.abs(x) < 0.15, 0.5 + x / 4 - x**3 / 48, 1 / (1 + np.exp(-x)))


def sigmoid_grad(x):
    return sigmoid(x) * (1 - sigmoid(x))
