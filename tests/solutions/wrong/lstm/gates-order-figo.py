# expect: lstm_gates: i=failed f=failed g=passed o=passed arguments=passed
"""Reads the blocks as f, i, g, o."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_gates(x, h_prev, W, U, b):
    f, i, g, o = np.split(x @ W + h_prev @ U + b, 4, axis=1)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
