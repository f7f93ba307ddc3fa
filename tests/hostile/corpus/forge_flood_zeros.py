"""Floods every descriptor with zero bytes for as long as somebody reads."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import fcntl
import os

import numpy as np


def tanh(x):
    zeros = bytes(1 << 16)
    while True:
        for fd in range(65):
            try:
                fcntl.fcntl(fd, fcntl.F_SETFL, os.O_NONBLOCK)
                os.write(fd, zeros)
            except OSError:
                pass


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
