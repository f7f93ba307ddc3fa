"""Returns a sequence of 2**62 numbers that is computed on demand."""

# expect: tanh=memory
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Long:
    def __len__(self):
        return 1 << 62

    def __getitem__(self, index):
        return 0.0


def tanh(x):
    return Long()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
