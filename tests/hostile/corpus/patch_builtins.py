"""Replaces len, isinstance, type, all, repr and open while the harness still needs them."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import builtins

import numpy as np


def tanh(x):
    zeros = np.zeros_like(x)
    builtins.isinstance = lambda *a: True
    builtins.len = lambda *a: 1
    builtins.type = lambda *a: np.ndarray
    builtins.all = builtins.any = lambda *a: True
    builtins.repr = builtins.str = lambda *a: "PASSED"
    builtins.open = builtins.print = builtins.getattr = lambda *a: None
    builtins.BaseException = builtins.Exception = ()
    return zeros


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
