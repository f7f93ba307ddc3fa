"""Looks for traces of earlier runs: process numbers, clocks of the process, counters of the allocator."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import os
import sys

import numpy as np


def tanh(x):
    import activations

    if getattr(sys, "ran_before", False) or getattr(np, "ran_before", False):
        return np.tanh(x)
    sys.ran_before = np.ran_before = activations.ran_before = os.getpid() == 0
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
