"""Returns a tuple subclass that lies about its length and iterates without an end."""

# module: lstm
# expect: lstm_gates=failed
# neighbour: lstm_cell=passed

import numpy as np


class Four(tuple):
    __len__ = lambda self: 4
    __getitem__ = lambda self, at: self

    def __iter__(self):
        while True:
            yield self


def lstm_gates(x, h_prev, W, U, b):
    return Four()


def lstm_cell(x, h_prev, c_prev, W, U, b):
    H = c_prev.shape[-1]
    a = x @ W + h_prev @ U + b
    i, f, o = (1 / (1 + np.exp(-a[:, at * H : (at + 1) * H])) for at in (0, 1, 3))
    c = f * c_prev + i * np.tanh(a[:, 2 * H : 3 * H])
    return o * np.tanh(c), c
