"""Runs code in every garbage collection: callbacks, weak references, finalizers that resurrect."""

# expect: tanh=output_limit
# neighbour: sigmoid=passed relu=passed

import gc
import weakref

import numpy as np


class Phoenix:
    def __del__(self):
        Phoenix()
        raise SystemExit("from the ashes")


def tanh(x):
    gc.set_threshold(1, 1, 1)
    gc.callbacks.append(lambda phase, info: Phoenix())
    weakref.finalize(gc.callbacks[0], Phoenix)
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
