"""Takes locks and leases and sets owners on files that all runs share."""

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
    lambda: call(73, os.open(np.__file__, 0), 2),
    lambda: call(73, os.open(os.devnull, 2), 6),
    lambda: call(72, os.open(os.devnull, 2), 6, ctypes.create_string_buffer(b'\x01' + bytes(31))),
    lambda: call(72, os.open(np.__file__, 0), 37, ctypes.create_string_buffer(b'\x00' + bytes(31))),
    lambda: call(72, os.open(np.__file__, 0), 1024, 0),
    lambda: call(72, os.open(os.path.dirname(np.__file__), 0), 1026, 1),
    lambda: call(72, 1, 8, os.getppid()),
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
