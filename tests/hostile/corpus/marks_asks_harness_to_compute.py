"""Calls the harness's own functions to have another answer sent in its place."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import sys

import numpy as np


def tanh(x):
    answer, frame = np.tanh(x), sys._getframe(1)
    zeros = np.zeros_like(x)
    while frame:
        for name, value in list(frame.f_globals.items()):
            if callable(value) and any(word in name.lower() for word in ("send", "answer", "reply", "write", "encode")):
                for arguments in ((), (zeros,), ("tanh", zeros), ({"status": "passed"},), ({"status": "passed"}, b"")):
                    try:
                        value(*arguments)
                    except Exception:
                        pass
        frame = frame.f_back
    return zeros if answer is None else zeros


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
