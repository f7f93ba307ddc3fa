"""Waits for a lock that nobody will release."""

# expect: tanh=timeout
# neighbour: sigmoid=passed relu=passed

import threading

import numpy as np


def tanh(x):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
