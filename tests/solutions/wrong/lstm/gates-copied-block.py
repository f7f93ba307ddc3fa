# expect: lstm_gates: i=passed f=failed g=passed o=passed arguments=passed
"""Copy and paste: the forget gate is computed from the block of the input gate."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_gates(x, h_prev, W, U, b):
    H = h_prev.shape[1]
    z = x @ W + h_prev @ U + b
    i = sigmoid(z[:, 0:H])
    f = sigmoid(z[:, 0:H])
    g = np.tanh(z[:, 2 * H:3 * H])
    o = sigmoid(z[:, 3 * H:4 * H])
    return i, f, g, o
