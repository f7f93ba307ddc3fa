"""Is a coroutine function: calling it runs nothing."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


async def tanh(x):
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
