"""Registers codecs and error handlers that lie about text."""

# expect: tanh=memory
# neighbour: sigmoid=passed relu=passed

import codecs
import sys

import numpy as np


def tanh(x):
    codecs.register(lambda name: codecs.lookup("rot13"))
    for name in ("strict", "replace", "backslashreplace", "surrogateescape", "ignore", "surrogatepass"):
        codecs.register_error(name, lambda error: ("PASSED" * 1000, error.start))
    sys.stdout.reconfigure(encoding="utf-16", errors="strict", line_buffering=False)
    print("\udc80 what is this")
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
