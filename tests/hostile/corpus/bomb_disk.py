"""Writes files wherever it may."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


def tanh(x):
    here = os.path.dirname(os.path.abspath(__file__))
    for place in (here, ".", "/tmp", "/var/tmp", "/dev/shm", "/run", "/", os.path.dirname(np.__file__), "/dev", "/run/lock"):
        try:
            with open(os.path.join(place, "bomb"), "wb") as file:
                file.write(bytes(1 << 20))
                file.flush()
                return np.tanh(x)
        except OSError as problem:
            last = problem
    raise last


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
