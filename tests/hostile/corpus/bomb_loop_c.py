"""Holds the interpreter's lock in one C call with every signal ignored."""

# expect: tanh=timeout
# neighbour: sigmoid=passed relu=passed

import signal

import numpy as np


def tanh(x):
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    return sum(3 ** (1 << 26) % 7 for _ in range(1000))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
