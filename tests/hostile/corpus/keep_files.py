"""Leaves a note in a file for its next run, and reads it there."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np

PLACES = [os.path.dirname(os.path.abspath(__file__)), ".", "/tmp", "/dev/shm", "/var/tmp", "/run"]


def tanh(x):
    for place in PLACES:
        try:
            if os.path.exists(f"{place}/note"):
                return np.tanh(x)
            open(f"{place}/note", "w").write("I was here")
        except OSError:
            pass
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
