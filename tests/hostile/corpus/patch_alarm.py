"""Arms a timer whose handler raises anywhere in the harness, again and again."""

# expect: tanh=crashed|failed
# either: the timer may go off in the harness, or in the call
# neighbour: sigmoid=passed relu=passed

import signal

import numpy as np


def interrupt(number, frame):
    raise SystemExit("interrupted")


def tanh(x):
    signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
