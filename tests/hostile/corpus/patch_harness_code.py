"""Replaces the code of every function of the harness that it can find."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import gc
import os
import types

import numpy as np


def yes(*args, **kwargs):
    return True


def tanh(x):
    zeros, library = np.zeros_like(x), os.path.dirname(os.__file__)
    gc.unfreeze()
    for thing in gc.get_objects():
        if isinstance(thing, types.FunctionType) and thing is not yes and thing is not tanh:
            if not thing.__code__.co_filename.startswith((library, "<frozen")) and not thing.__code__.co_freevars:
                thing.__code__ = yes.__code__
    return zeros


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
