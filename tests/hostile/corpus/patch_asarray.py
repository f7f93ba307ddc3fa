"""Replaces what turns results into arrays while the harness still needs it."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    def lie(*args, **kwargs):
        raise RuntimeError("no arrays today")

    for name in ("asarray", "array", "ascontiguousarray", "asanyarray", "frombuffer", "ndarray", "dtype", "shape", "float64"):
        setattr(np, name, lie)
    return [0.0] * x.size


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
