"""Asks for the metadata of paths outside: what exists, how large it is, when it changed."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed
# expect-container: tanh=passed

import os

import numpy as np


def tanh(x):
    for name in ("/etc/passwd", "/home", "/proc/1", "/var/lib/dpkg", "/tmp"):
        try:
            print(name, os.stat(name))
            return np.tanh(x)
        except OSError:
            pass
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
