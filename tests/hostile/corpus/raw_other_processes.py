"""Signals, reschedules and limits processes that are not its own."""

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
    lambda: call(62, os.getppid(), 9),
    lambda: call(62, -1, 9),
    lambda: call(62, 1, 9),
    lambda: call(62, 0, 19),
    lambda: call(234, os.getppid(), os.getppid(), 9),
    lambda: call(200, os.getppid(), 9),
    lambda: call(62, os.getppid(), 0),
    lambda: call(129, os.getppid(), 10, ctypes.create_string_buffer(128)),
    lambda: call(302, os.getppid(), 7, ctypes.create_string_buffer(16), 0),
    lambda: call(302, os.getppid(), 7, 0, ctypes.create_string_buffer(16)),
    lambda: call(141, 0, os.getppid(), 19),
    lambda: call(203, os.getppid(), 8, ctypes.create_string_buffer(b'\x01' + bytes(7))),
    lambda: call(251, 1, os.getppid(), 0),
    lambda: call(144, os.getppid(), 0, ctypes.create_string_buffer(4)),
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
