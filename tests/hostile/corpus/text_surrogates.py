"""Raises and prints unpaired surrogates, null bytes, overlong lines and direction marks."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    try:
        print("\ud800 \udcff \x00 \u202e\u2066 \ufeff \U0010ffff")
    except UnicodeError:
        pass
    raise ValueError("\ud800\udfff \udc80 \x00 \u202edesrever " + "\u0300" * 5000)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
