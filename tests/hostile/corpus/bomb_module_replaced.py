"""Replaces itself in sys.modules by an object whose every attribute exits."""

# expect: tanh=passed

import sys

import numpy as np


class Module:
    def __getattribute__(self, name):
        raise SystemExit(name)


def tanh(x):
    return np.tanh(x)


sys.modules[__name__] = Module()
