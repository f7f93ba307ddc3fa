"""Reaches into what collects its printing: sizes, contents, counters."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import sys

import numpy as np


def tanh(x):
    collector = sys.stdout.buffer
    for name in dir(collector):
        value = getattr(collector, name, None)
        if type(value) is list:
            value.append(b"PASSED" * 100_000)
        elif type(value) is int and name.startswith("_"):
            setattr(collector, name, 1 << 60)
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
