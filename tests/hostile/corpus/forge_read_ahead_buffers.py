"""Looks into the harness's own reading buffers for the inputs of calls that are still to come."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import gc
import sys

import numpy as np


def everything():
    frame = sys._getframe()
    while frame:
        yield from frame.f_locals.values()
        yield from frame.f_globals.values()
        frame = frame.f_back
    gc.unfreeze()
    yield from gc.get_objects()


def tanh(x):
    found = []
    for thing in everything():
        try:
            if isinstance(thing, np.ndarray) and thing.dtype == float and thing is not x:
                found.append(thing.ravel()[:4].tolist())
            elif isinstance(thing, (bytes, bytearray)) and 8 <= len(thing) < 4096:
                found.append(thing[-64:].hex())
        except Exception:
            pass
    print(found)
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
