# expect: lstm_gates: i=passed f=passed g=failed o=passed arguments=passed
"""The candidate goes through the sigmoid as well."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_gates(x, h_prev, W, U, b):
    i, f, g, o = np.split(sigmoid(x @ W + h_prev @ U + b), 4, axis=1)
    return i, f, g, o
