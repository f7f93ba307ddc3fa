"""Returns numbers of a type that carries an object in its metadata."""

# expect: tanh=passed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    return np.tanh(x).astype(np.dtype("f8", metadata={"evil": print}))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
