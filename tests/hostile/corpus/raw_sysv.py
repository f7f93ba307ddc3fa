"""Uses System V and POSIX shared memory, messages and semaphores, which outlive it."""

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
    lambda: call(29, 0x6772, 4096, 0o1666),
    lambda: call(68, 0x6772, 0o1666),
    lambda: call(64, 0x6772, 1, 0o1666),
    lambda: call(240, b"gradegate", 0o102, 0o600, 0),
    lambda: call(30, 0, 0, 0),
    lambda: call(31, 0, 13, 0),
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
