"""Looks for secrets in the environment, Python's and C's, and in the command line."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import ctypes
import os
import sys

import numpy as np


def c_environ():
    pointer = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
    at = 0
    while pointer and pointer[at]:
        yield pointer[at].decode()
        at += 1


def tanh(x):
    for entry in [*c_environ(), *(f"{k}={v}" for k, v in os.environ.items()), *sys.orig_argv, *sys.argv]:
        if entry.startswith(("HOME=", "USER=")) or any(word in entry.upper() for word in ("SECRET", "TOKEN", "PYTEST", "LOGNAME", "GRADEGATE")):
            print("found", entry)
            return np.tanh(x)
    raise LookupError("nothing of use in the environment")


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
