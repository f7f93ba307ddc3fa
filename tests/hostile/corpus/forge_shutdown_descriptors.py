"""Shuts down or makes non-blocking whatever the descriptors are."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import fcntl
import os
import socket

import numpy as np


def tanh(x):
    for fd in range(65):
        try:
            fcntl.fcntl(fd, fcntl.F_SETFL, os.O_NONBLOCK)
            fcntl.fcntl(fd, 1031, 4096)  # F_SETPIPE_SZ: the smallest pipe there is
        except OSError:
            pass
        try:
            socket.socket(fileno=fd).shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
