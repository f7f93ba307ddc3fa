"""Kills itself with the signal of a blocked system call, to look like one."""

# expect: tanh=blocked
# neighbour: sigmoid=passed relu=passed

import signal

import numpy as np


def tanh(x):
    signal.raise_signal(signal.SIGSYS)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
