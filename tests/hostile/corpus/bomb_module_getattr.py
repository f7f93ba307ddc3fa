"""Has a module-level __getattr__ that invents whatever is asked for and a __dir__ without an end."""

# expect: tanh=passed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def __getattr__(name):
    return lambda *a: 0


def __dir__():
    while True:
        yield "more"


def tanh(x):
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
