"""Starts a thousand threads that never end."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import threading
import time

import numpy as np


def tanh(x):
    for _ in range(1000):
        threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
