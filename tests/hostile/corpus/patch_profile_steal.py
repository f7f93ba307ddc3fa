"""Profiles its callers to see the hidden inputs of other functions and raises in the middle of them."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import sys

import numpy as np


def profiler(frame, event, arg):
    if event == "c_call" and getattr(arg, "__name__", "") in {"dumps", "pack", "write", "send", "tobytes"}:
        raise RuntimeError("caught in the act")


def tanh(x):
    sys.setprofile(profiler)
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
