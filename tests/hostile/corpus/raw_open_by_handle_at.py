"""Opens a file by its number, past every path check."""

# expect: tanh=blocked
# alone: yes
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


def tanh(x):
    call(304, -100, ctypes.create_string_buffer(16), 0)
    return np.tanh(x)
