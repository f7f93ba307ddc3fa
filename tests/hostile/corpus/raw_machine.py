"""Changes the machine: clock, name, power, swap, accounting, ports."""

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
    lambda: call(170, b'evil', 4),
    lambda: call(171, b'evil', 4),
    lambda: call(169, 0xFEE1DEAD, 672274793, 0, 0),
    lambda: call(167, b'/dev/null', 0),
    lambda: call(164, ctypes.create_string_buffer(16), 0),
    lambda: call(227, 0, ctypes.create_string_buffer(16)),
    lambda: call(163, b'/dev/null'),
    lambda: call(172, 3),
    lambda: call(173, 0, 1, 1),
    lambda: call(103, 3, ctypes.create_string_buffer(64), 64),
    lambda: call(161, b'/'),
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
