"""Kills itself with the signal of the CPU limit, to look slow rather than wrong."""

# expect: tanh=timeout
# neighbour: sigmoid=passed relu=passed

import signal

import numpy as np


def tanh(x):
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    signal.raise_signal(signal.SIGXCPU)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
