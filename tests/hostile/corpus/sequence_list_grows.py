"""Returns a list that grows while it is read."""

# module: lstm
# expect: lstm_gates=failed
# neighbour: lstm_cell=passed

import numpy as np


class Grows(list):
    def __iter__(self):
        for item in list.__iter__(self):
            self.append(item)
            yield item


def lstm_gates(x, h_prev, W, U, b):
    return Grows([np.zeros((2, 5))] * 4)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    H = c_prev.shape[-1]
    a = x @ W + h_prev @ U + b
    i, f, o = (1 / (1 + np.exp(-a[:, at * H : (at + 1) * H])) for at in (0, 1, 3))
    c = f * c_prev + i * np.tanh(a[:, 2 * H : 3 * H])
    return o * np.tanh(c), c
