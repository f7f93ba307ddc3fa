"""Stops itself with SIGSTOP."""

# expect: tanh=timeout
# neighbour: sigmoid=passed relu=passed

import signal

import numpy as np


def tanh(x):
    signal.raise_signal(signal.SIGSTOP)
    signal.raise_signal(signal.SIGTSTP)
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
