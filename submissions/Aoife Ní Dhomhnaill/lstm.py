import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def lstm_gates(x, h_prev, W, U, b):
    z = W @ x + U @ h_prev + b
    i, f, g, o = np.split(z, 4, axis=1)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    z = x @ W + h_prev @ U + b
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
    c = f * c_prev + i * g
    return (o * np.tanh(c)).T, c.T


def lstm_forward(xs, h0, c0, W, U, b):
    hs, cs = [h0], [c0]
    for x in xs:
        z = x @ W + hs[-1] @ U + b
        i, f, g, o = np.split(z, 4, axis=1)
        cs.append(sigmoid(f) * cs[-1] + sigmoid(i) * np.tanh(g))
        hs.append(sigmoid(o) * np.tanh(cs[-1]))
    return np.array(hs), np.array(cs)


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    return backprop_through_time(dhs, xs, h0, c0, W, U, b)
