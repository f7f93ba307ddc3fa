"""Returns an object whose __array__ raises SystemExit."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Exit:
    def __array__(self, *args, **kwargs):
        raise SystemExit(0)


def tanh(x):
    return Exit()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
