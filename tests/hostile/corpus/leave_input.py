"""Waits for a person: input(), then the debugger."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    try:
        return np.full_like(x, float(input("expected value? ")))
    except EOFError:
        breakpoint()
        raise


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
