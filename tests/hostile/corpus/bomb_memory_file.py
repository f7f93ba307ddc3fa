"""Fills memory by way of files that live in memory."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


def tanh(x):
    fd = os.memfd_create("bomb")
    while True:
        os.write(fd, bytes(1 << 20))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
