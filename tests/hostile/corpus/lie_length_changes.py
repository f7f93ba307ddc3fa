"""Returns a sequence that grows each time it is asked for its length, with elements that are itself."""

# expect: tanh=memory|timeout
# either: one list is doubled until the memory or the time is used up
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Growing(list):
    count = 1

    def __len__(self):
        Growing.count *= 2
        return Growing.count

    def __getitem__(self, index):
        return self

    def __iter__(self):
        while True:
            yield self


def tanh(x):
    return Growing([0.0])


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
