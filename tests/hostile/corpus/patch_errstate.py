"""Turns NumPy's error state and print options into a trap for the functions after it."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def trap(kind, flag):
    raise SystemExit(kind)


def tanh(x):
    np.seterrcall(trap)
    np.seterr(all="call")
    np.set_printoptions(threshold=10**9, formatter={"all": lambda v: "0"})
    np.random.seed(1)
    np.setbufsize(16)
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
