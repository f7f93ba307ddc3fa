"""Makes the compiler and the importer hold a number of eight gigabits."""

# expect: tanh=memory

import numpy as np

HUGE = 1 << (1 << 33)


def tanh(x):
    return np.tanh(x)
