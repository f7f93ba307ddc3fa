"""Sends SIGPIPE to itself."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import signal

import numpy as np


def tanh(x):
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.raise_signal(signal.SIGPIPE)
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
