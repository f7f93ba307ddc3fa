"""Opens TCP, UDP, MPTCP and SCTP sockets of both internets."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import socket

import numpy as np


def tanh(x):
    for family in (socket.AF_INET, socket.AF_INET6):
        for kind, protocol in ((1, 0), (2, 0), (1, 262), (1, 132), (5, 132), (3, 1), (3, 255)):
            try:
                socket.socket(family, kind, protocol)
                return np.tanh(x)
            except OSError as problem:
                last = problem
    raise last


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
