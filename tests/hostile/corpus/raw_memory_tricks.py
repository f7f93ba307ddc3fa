"""Uses memory calls that only exploits need."""

# expect: tanh=blocked
# neighbour: sigmoid=passed relu=passed
# machine: x86_64

import ctypes
import os

import numpy as np

libc = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    libc.syscall.restype = ctypes.c_long
    result = libc.syscall(ctypes.c_long(number), *(a if isinstance(a, (bytes, ctypes.Array)) else ctypes.c_long(a) for a in arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


CALLS = (
    lambda: call(279, os.getppid(), 1, ctypes.create_string_buffer(8), 0, ctypes.create_string_buffer(8), 2),
    lambda: call(256, os.getppid(), 8, 0, 0),
    lambda: call(440, 0, 0, 0, 4, 0),
    lambda: call(447, 0),
    lambda: call(154, 1, ctypes.create_string_buffer(16), 16),
    lambda: call(216, 4096, 4096, 0, 0, 0),
)


def tanh(x):
    last = None
    for attempt in CALLS:
        try:
            attempt()
        except OSError as problem:
            last = problem
        else:
            print("done:", CALLS.index(attempt))
            return np.tanh(x)
    raise last


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
