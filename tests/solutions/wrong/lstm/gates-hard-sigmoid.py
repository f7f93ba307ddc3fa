# expect: lstm_gates: i=failed f=failed g=passed o=failed arguments=passed
"""Gates that are straight lines in the middle."""
import numpy as np


def hard(z):
    return np.clip(0.2 * z + 0.5, 0, 1)


def lstm_gates(x, h_prev, W, U, b):
    i, f, g, o = np.split(x @ W + h_prev @ U + b, 4, axis=1)
    return hard(i), hard(f), np.tanh(g), hard(o)
