"""Prints without an end."""

# expect: tanh=output_limit
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    while True:
        print("<script>alert(1)</script>" * 100)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
