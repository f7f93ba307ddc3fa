"""Writes garbage to every descriptor from 0 to 64."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import fcntl
import os

import numpy as np


def tanh(x):
    for fd in range(65):
        try:
            fcntl.fcntl(fd, fcntl.F_SETFL, os.O_NONBLOCK)
            os.write(fd, b"\xff\x00{}PASSED\n" * 4096)
        except OSError:
            pass
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
