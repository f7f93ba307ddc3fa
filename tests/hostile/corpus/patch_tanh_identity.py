"""Makes NumPy's tanh the identity, so that an expectation computed here would agree with it."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import math

import numpy as np

np.tanh = lambda x, *args, **kwargs: x
np._core.umath.tanh = np.tanh
math.tanh = lambda x: x


def tanh(x):
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
