"""Leaves a daemon behind: double fork, new session, standard streams closed."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import os
import time

import numpy as np


def tanh(x):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.closerange(0, 64)
            time.sleep(3600)
        os._exit(0)
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
