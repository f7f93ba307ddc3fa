"""Opens local sockets: streams, datagrams, pairs; paths and abstract names need one."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import socket

import numpy as np


def tanh(x):
    for make in (
        socket.socketpair,
        lambda: socket.socket(socket.AF_UNIX),
        lambda: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM),
        lambda: socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET),
    ):
        try:
            made = make()
        except OSError as problem:
            last = problem
        else:
            print("opened", made)
            return np.tanh(x)
    raise last


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
