"""Arms faulthandler to end the process from a watchdog thread and dump every stack."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import faulthandler

import numpy as np


def tanh(x):
    faulthandler.dump_traceback_later(0.01, exit=True, file=2)
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
