"""Blocks and ignores every signal that there is; its answers are right."""

# expect: tanh=passed
# neighbour: sigmoid=passed relu=passed

import signal

import numpy as np


def tanh(x):
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
