"""Sends SIGKILL to itself."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import signal

import numpy as np


def tanh(x):
    signal.raise_signal(signal.SIGKILL)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
