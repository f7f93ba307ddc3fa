# expect: lstm_gates: i=failed f=failed g=passed o=failed arguments=passed
"""The units of a gate compete in a softmax."""
import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def lstm_gates(x, h_prev, W, U, b):
    i, f, g, o = np.split(x @ W + h_prev @ U + b, 4, axis=1)
    return softmax(i), softmax(f), np.tanh(g), softmax(o)
