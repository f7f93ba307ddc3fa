# expect: lstm_gates: i=failed f=failed g=failed o=failed arguments=skipped
"""Columns for rows: (H, N) in place of (N, H)."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_gates(x, h_prev, W, U, b):
    i, f, g, o = np.split((x @ W + h_prev @ U + b).T, 4)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
