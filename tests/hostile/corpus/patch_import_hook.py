"""Installs an import hook that hands the harness its own json, struct, traceback and wire."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import importlib.abc
import importlib.machinery
import sys

import numpy as np


class Hook(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.__getattr__ = lambda name: (lambda *a, **k: "passed")


def tanh(x):
    sys.meta_path.insert(0, Hook())
    sys.path_hooks.clear()
    for name in ("json", "struct", "traceback", "linecache", "inspect", "warnings", "contextlib", "io", "numpy.lib"):
        sys.modules.pop(name, None)
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
