"""Opens files that every machine has and that no student needs."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import numpy as np

FILES = ("/etc/passwd", "/etc/shadow", "/etc/hostname", "/etc/machine-id", "/var/log/dpkg.log")


def tanh(x):
    for name in FILES:
        try:
            print(open(name).read(64))
            return np.tanh(x)
        except OSError as problem:
            last = problem
    raise last


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
