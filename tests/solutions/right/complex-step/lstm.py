"""The gradient by complex steps: no backward pass to get wrong, and exact to the last digits."""
import numpy as np

TINY = 1e-30


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_gates(x, h_prev, W, U, b):
    i, f, g, o = np.split(x @ W + h_prev @ U + b, 4, axis=1)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f * c_prev + i * g
    return o * np.tanh(c), c


def lstm_forward(xs, h0, c0, W, U, b):
    h, c, hs, cs = h0, c0, [], []
    for x in xs:
        h, c = lstm_cell(x, h, c, W, U, b)
        hs.append(h)
        cs.append(c)
    return np.array(hs), np.array(cs)


def lstm_backward(dhs, *arguments):
    def slope(position, index):
        changed = [a.astype(complex) for a in arguments]
        changed[position][index] += TINY * 1j
        return np.sum(dhs * lstm_forward(*changed)[0]).imag / TINY

    gradients = []
    for position, argument in enumerate(arguments):
        gradient = np.empty(argument.shape)
        for index in np.ndindex(argument.shape):
            gradient[index] = slope(position, index)
        gradients.append(gradient)
    return gradients
