# expect: lstm_cell: h=failed c=passed arguments=passed
"""The output gate sees the new cell state."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_gates(x, h_prev, W, U, b):
    i, f, g, o = np.split(x @ W + h_prev @ U + b, 4, axis=1)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    z = np.split(x @ W + h_prev @ U + b, 4, axis=1)
    c = sigmoid(z[1]) * c_prev + sigmoid(z[0]) * np.tanh(z[2])
    return sigmoid(z[3] + c) * np.tanh(c), c
