"""Replaces traceback and linecache before it raises."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import linecache
import sys
import traceback

import numpy as np


def tanh(x):
    def endless(*args, **kwargs):
        while True:
            pass

    for name in ("extract_tb", "walk_tb", "format_exception", "format_exc", "StackSummary", "TracebackException"):
        setattr(traceback, name, endless)
    for name in ("getline", "getlines", "checkcache", "lazycache", "updatecache"):
        setattr(linecache, name, endless)
    raise ValueError("can you show this?")


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
