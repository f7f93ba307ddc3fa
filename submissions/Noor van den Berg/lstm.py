import numpy as np
from activations import sigmoid, tanh

def lstm_gates(x, h_prev, W, U, b):
    z = x @ W + h_prev @ U + b
    i, f, g, o = np.split(z, 4, axis=1)
    return sigmoid(i), sigmoid(f), tanh(g), sigmoid(o)

def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f * c_prev + i * g
    h = o * tanh(c)
    return h, c

def lstm_forward(xs, h0, c0, W, U, b)
    hs, cs = [], []
    h, c = h0, c0
    for x in xs:
        h, c = lstm_cell(x, h, c, W, U, b)
        hs.append(h)
        cs.append(c)
    return np.stack(hs), np.stack(cs)

def lstm_backward(dhs, xs, h0, c0, W, U, b):
    raise NotImplementedError
