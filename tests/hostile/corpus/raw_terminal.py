"""Pushes characters into a terminal and takes it over."""

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
    lambda: call(16, 0, 0x5412, b'x'),
    lambda: call(16, 1, 0x5412, b'x'),
    lambda: call(16, 2, 0x541C, b'\x03'),
    lambda: call(16, 0, 0x540E, 1),
    lambda: call(16, 1, 0x5410, ctypes.create_string_buffer(4)),
    lambda: call(16, 1, 0x5421, ctypes.create_string_buffer(4)),
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
