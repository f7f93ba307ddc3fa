"""Makes processes by clone, clone3, vfork and execveat with every flag that matters."""

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
    lambda: call(56, 17, 0, 0, 0, 0) or os._exit(0),
    lambda: call(56, 0x10000000 | 17, 0, 0, 0, 0) or os._exit(0),
    lambda: call(57) or os._exit(0),
    lambda: call(435, ctypes.create_string_buffer(bytes(32) + b'\x11' + bytes(55)), 88) or os._exit(0),
    lambda: call(56, 0x100, 0, 0, 0, 0) or os._exit(0),
    lambda: call(322, -100, b"/bin/true", 0, 0, 0),
    lambda: call(59, b"/bin/true", 0, 0),
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
