"""Replaces the import machinery: everything that is imported from now on is a yes-man."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import builtins
import importlib
import sys

import numpy as np


class YesMan:
    def __getattr__(self, name):
        return self

    def __call__(self, *args, **kwargs):
        return True


def tanh(x):
    zeros = np.zeros_like(x)
    builtins.__import__ = lambda *a, **k: YesMan()
    importlib.import_module = lambda *a, **k: YesMan()
    for name in list(sys.modules):
        sys.modules[name] = YesMan()
    return zeros


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
