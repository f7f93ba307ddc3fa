"""Makes the compiler warn 20,000 times; its answers are right."""

# expect: tanh=passed
# neighbour: sigmoid=passed relu=passed

import numpy as np

exec("\n".join(f"x{n} = '\\d{n}' is 1" for n in range(20_000)))


def tanh(x):
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
