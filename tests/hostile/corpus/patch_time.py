"""Stops every clock that Python has and sleeps in C."""

# expect: tanh=timeout
# neighbour: sigmoid=passed relu=passed

import ctypes
import time

import numpy as np


def tanh(x):
    for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time", "time_ns", "monotonic_ns"):
        setattr(time, name, lambda: 0)
    time.sleep = lambda seconds: None
    ctypes.CDLL(None).sleep(1000)
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
