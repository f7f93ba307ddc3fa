import numpy as np

import activations


def lstm_gates(x, h_prev, W, U, b):
    i, f, g, o = np.split(x @ W + h_prev @ U + b, 4, axis=-1)
    return activations.sigmoid(i), activations.sigmoid(f), activations.tanh(g), activations.sigmoid(o)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f * c_prev + i * g
    return o * activations.tanh(c), c


def unroll(xs, h, c, *weights):
    states = []
    for x in xs:
        h, c = lstm_cell(x, h, c, *weights)
        states.append((h, c))
    return tuple(np.array(s) for s in zip(*states))
