# expect: lstm_gates: i=passed f=passed g=failed o=failed arguments=passed
"""Reads the blocks as i, f, o, g."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_gates(x, h_prev, W, U, b):
    H = h_prev.shape[1]
    z = x @ W + h_prev @ U + b
    return sigmoid(z[:, :H]), sigmoid(z[:, H:2 * H]), np.tanh(z[:, 3 * H:]), sigmoid(z[:, 2 * H:3 * H])
