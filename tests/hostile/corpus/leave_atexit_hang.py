"""Hangs and floods in every exit handler; its answers are right and must arrive in time."""

# expect: tanh=passed
# neighbour: sigmoid=passed relu=passed

import atexit
import os
import threading

import numpy as np


def hang():
    while True:
        os.write(1, b"x" * 4096)


atexit.register(hang)
threading._register_atexit(hang)


def tanh(x):
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
