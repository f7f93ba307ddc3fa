"""Returns a structured array with a field name that is HTML and a nested type."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    inner = np.dtype([("<script>alert(1)</script>", "f8"), ("=1+1", "O")])
    return np.zeros(x.shape, dtype=[("value", inner, (3,))])


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
