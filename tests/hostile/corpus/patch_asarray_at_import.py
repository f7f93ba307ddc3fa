"""Replaces NumPy's conversions at import: a mess that its own functions do not notice."""

# expect: tanh=failed

import numpy as np

true_asarray = np.asarray


def lying_asarray(thing, *args, **kwargs):
    return true_asarray(thing, *args, **kwargs) * 0


np.asarray = np.array = np.ascontiguousarray = lying_asarray


def tanh(x):
    return np.float64(2) * x
