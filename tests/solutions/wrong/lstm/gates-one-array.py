# expect: lstm_gates: i=failed f=failed g=failed o=failed arguments=skipped
"""One array of all gates, not four."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_gates(x, h_prev, W, U, b):
    z = x @ W + h_prev @ U + b
    H = h_prev.shape[1]
    return np.hstack([sigmoid(z[:, :2 * H]), np.tanh(z[:, 2 * H:3 * H]), sigmoid(z[:, 3 * H:])])
