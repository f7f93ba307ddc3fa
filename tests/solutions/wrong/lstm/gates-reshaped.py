# expect: lstm_gates: i=failed f=failed g=failed o=failed arguments=skipped
"""Reshapes (N, 4H) to (4, N, H), which mixes the batch with the gates."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_gates(x, h_prev, W, U, b):
    N, H = h_prev.shape
    i, f, g, o = (x @ W + h_prev @ U + b).reshape(4, N, H)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
