"""Arms a timer that kills the process later, in another function."""

# expect: tanh=crashed|failed
# either: the timer may go off before the answer is sent, or after
# neighbour: sigmoid=passed relu=passed

import signal

import numpy as np


def tanh(x):
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, 0.0002)
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
