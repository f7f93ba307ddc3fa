"""Makes and changes files by raw calls with descriptors and odd flags."""

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
    lambda: call(257, -100, b'/tmp/x', 0o101, 0o600),
    lambda: call(437, -100, b'/etc/passwd', ctypes.create_string_buffer(24), 24),
    lambda: call(257, -100, b'/tmp', 0o20200002, 0o600),
    lambda: call(258, -100, b'/tmp/d', 0o700),
    lambda: call(259, -100, b'/tmp/n', 0o10600, 0),
    lambda: call(266, b'/', -100, b'/tmp/s'),
    lambda: call(265, -100, b'/etc/passwd', -100, b'/tmp/l', 0),
    lambda: call(76, np.__file__.encode(), 0),
    lambda: call(2, b'/etc/passwd', 0, 0),
    lambda: call(59, b'/bin/sh', 0, 0),
    lambda: call(133, b'/tmp/m', 0o10600, 0),
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
