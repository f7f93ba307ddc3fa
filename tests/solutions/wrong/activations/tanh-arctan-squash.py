# expect: tanh: values=failed
"""Looks alike, has other tails."""
import numpy as np


def tanh(x):
    return 2 / np.pi * np.arctan(np.pi / 2 * np.asarray(x))
