"""Keeps what neighbours returned and changes it after the fact."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


import gc


def tanh(x):
    for thing in gc.get_objects():
        if isinstance(thing, np.ndarray) and thing.flags.writeable and thing.dtype == float:
            thing[...] = 0
    held = tanh.__dict__.setdefault("held", np.zeros_like(x))
    held[...] = 1
    return held


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
