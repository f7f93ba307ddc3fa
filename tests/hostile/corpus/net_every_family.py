"""Tries every address family that the kernel may know: netlink, packet, vsock, alg, bluetooth, xdp."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import socket

import numpy as np


def tanh(x):
    for family in range(1, 64):
        for kind in (1, 2, 3, 5, 10):
            try:
                socket.socket(family, kind, 0)
                print("opened", family, kind)
                return np.tanh(x)
            except OSError as problem:
                last = problem
    raise last


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
