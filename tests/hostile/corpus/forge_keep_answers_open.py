"""Copies the pipe of answers many times, so that closing it does not end it, and leaves."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


def tanh(x):
    for _ in range(20):
        os.dup(4)
    os.close(4)
    os._exit(0)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
