# expect: lstm_gates: i=failed f=failed g=failed o=failed arguments=skipped
"""Takes every fourth column, not blocks of columns."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_gates(x, h_prev, W, U, b):
    z = x @ W + h_prev @ U + b
    return sigmoid(z[:, 0::4]), sigmoid(z[:, 1::4]), np.tanh(z[:, 2::4]), sigmoid(z[:, 3::4])
