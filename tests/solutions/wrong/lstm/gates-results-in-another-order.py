# expect: lstm_gates: i=failed f=failed g=failed o=failed arguments=skipped
"""Right gates, handed back as f, i, o, g."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_gates(x, h_prev, W, U, b):
    i, f, g, o = np.split(x @ W + h_prev @ U + b, 4, axis=1)
    return sigmoid(f), sigmoid(i), sigmoid(o), np.tanh(g)
