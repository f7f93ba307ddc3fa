# expect: lstm_cell: h=failed c=failed arguments=skipped
"""A forget bias of one that nobody asked for."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_gates(x, h_prev, W, U, b):
    i, f, g, o = np.split(x @ W + h_prev @ U + b, 4, axis=1)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    zi, zf, zg, zo = np.split(x @ W + h_prev @ U + b, 4, axis=1)
    c = sigmoid(zf + 1) * c_prev + sigmoid(zi) * np.tanh(zg)
    return sigmoid(zo) * np.tanh(c), c
