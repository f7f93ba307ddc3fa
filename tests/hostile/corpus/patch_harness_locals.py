"""Writes into the locals and globals of its callers, so that every outcome says passed."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import ctypes
import sys

import numpy as np


def tanh(x):
    frame = sys._getframe(1)
    while frame:
        for name, value in list(frame.f_locals.items()):
            if isinstance(value, dict):
                value.update(status="passed", passed=True, score=1, ok=True)
            elif isinstance(value, list) and len(value) < 100:
                value.append("passed")
        if frame.f_code.co_name != "<module>":
            for name in ("status", "outcome", "result", "values"):
                frame.f_globals[name] = "passed"
            ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
        frame = frame.f_back
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
