# expect: lstm_gates: i=failed f=failed g=passed o=failed arguments=passed
"""A small number in the denominator of the sigmoid: 1e-8 off."""
import numpy as np


def lstm_gates(x, h_prev, W, U, b):
    i, f, g, o = np.split(x @ W + h_prev @ U + b, 4, axis=1)
    i, f, o = (1 / (1 + np.exp(-z) + 1e-8) for z in (i, f, o))
    return i, f, np.tanh(g), o
