"""Reads its parent's memory with process_vm_readv."""

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
    buffer = ctypes.create_string_buffer(64)
    local = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 64)
    remote = (ctypes.c_size_t * 2)(0x400000, 64)
    call(310, os.getppid(), local, 1, remote, 1, 0)
    return np.tanh(x)
