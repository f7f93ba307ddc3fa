# expect: lstm_gates: i=passed f=passed g=failed o=passed arguments=passed
"""tanh of the candidate from a fine table: 1e-7 off."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_gates(x, h_prev, W, U, b):
    i, f, g, o = np.split(x @ W + h_prev @ U + b, 4, axis=1)
    grid = np.linspace(-12, 12, 40001)
    return sigmoid(i), sigmoid(f), np.interp(g, grid, np.tanh(grid)), sigmoid(o)
