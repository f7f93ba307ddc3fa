"""Replaces its own process by another program."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import os
import sys

import numpy as np


def tanh(x):
    for program in ("/bin/true", "/usr/bin/true", "/usr/bin/env", sys.executable or "/usr/bin/python3"):
        try:
            os.execv(program, [program])
        except OSError as problem:
            last = problem
    raise last


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
