"""Uses descriptors that were left open to walk out of the sandbox with openat."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import os
import stat

import numpy as np


def tanh(x):
    for fd in range(256):
        try:
            mode = os.fstat(fd).st_mode
        except OSError:
            continue
        print(fd, oct(mode))
        if stat.S_ISDIR(mode) or stat.S_ISREG(mode):
            return np.tanh(x)
    raise FileNotFoundError("only pipes and devices")


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
