"""Adds a filter that makes every call of the harness fail or wait for a tracer."""

# expect: tanh=error
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
    lambda: call(317, 1, 8, ctypes.create_string_buffer(16)),
    lambda: call(157, 22, 1, 0, 0, 0),
    lambda: call(317, 0, 0, 0),
    lambda: call(317, 2, 0, ctypes.create_string_buffer(b'\0\0\xff\x7f')),
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
