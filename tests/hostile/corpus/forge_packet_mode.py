"""Puts the pipes into packet mode, in which what is not read at once is lost."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import fcntl
import os

import numpy as np


def tanh(x):
    for fd in range(1, 5):
        try:
            fcntl.fcntl(fd, fcntl.F_SETFL, os.O_DIRECT | os.O_NONBLOCK | os.O_APPEND)
        except OSError:
            pass
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
