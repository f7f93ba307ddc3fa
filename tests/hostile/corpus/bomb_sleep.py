"""Sleeps."""

# expect: tanh=timeout
# neighbour: sigmoid=passed relu=passed

import time

import numpy as np


def tanh(x):
    time.sleep(10**6)
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
