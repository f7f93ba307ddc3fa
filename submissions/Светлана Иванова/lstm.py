import numpy as np

# ворота (gates): i, f, g, o


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_gates(x, h_prev, W, U, b):
    z = sigmoid(x @ W + h_prev @ U + b)
    return np.split(z, 4, axis=1)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = np.split(x @ W + h_prev @ U + b, 4, axis=1)
    i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
    c = np.tanh(f * c_prev + i * g)
    return o * c, c


def lstm_forward(xs, h0, c0, W, U, b):
    hs, cs = [], []
    h, c = np.zeros_like(h0), np.zeros_like(c0)
    for x in xs:
        h, c = lstm_cell(x, h, c, W, U, b)
        hs.append(h)
        cs.append(c)
    return np.array(hs), np.array(cs)


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    grads = [np.zeros_like(a) for a in (xs, h0, c0, W, U, b)]
    return grads
