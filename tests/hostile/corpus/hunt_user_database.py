"""Asks libc who lives on this machine."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import pwd

import numpy as np


def tanh(x):
    people = pwd.getpwall()
    if not people:
        raise LookupError("nobody lives here")
    print(people)
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
