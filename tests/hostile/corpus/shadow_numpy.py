"""Brings a numpy of its own, in which every answer is right by definition."""

# expect: tanh=failed

import numpy as np


def tanh(x):
    return np.lying_tanh(x)


# --- file: numpy.py
def lying_tanh(x):
    return type("Equal", (), {"__eq__": lambda self, other: True})()
