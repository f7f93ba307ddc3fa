"""Raises from lines far beyond the end of its own file."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    code = tanh.__code__.replace(co_firstlineno=2_000_000_000, co_name="<script>" * 1000, co_qualname="=1+1")
    if not getattr(tanh, "again", False):
        tanh.again = True
        tanh.__code__ = code
        return tanh(x)
    raise ValueError("beyond")


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
