"""Replaces the interpreter's own hooks: excepthook, unraisablehook, displayhook; then raises."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import os
import sys
import threading

import numpy as np


def tanh(x):
    sys.excepthook = sys.unraisablehook = sys.displayhook = threading.excepthook = lambda *a: os._exit(0)
    sys.tracebacklimit = -1
    raise ValueError("with hooks")


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
