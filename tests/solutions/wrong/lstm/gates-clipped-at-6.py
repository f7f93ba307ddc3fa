# expect: lstm_gates: i=failed f=failed g=failed o=failed arguments=skipped
"""Sums clipped at 6 for the exponential's sake."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_gates(x, h_prev, W, U, b):
    i, f, g, o = np.split(np.clip(x @ W + h_prev @ U + b, -6, 6), 4, axis=1)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
