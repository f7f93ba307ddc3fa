"""Reads its own data file by a relative path, after having tried to leave: that much must work."""

# expect: tanh=passed
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np

for place in ("/", "/tmp", ".."):
    try:
        os.chdir(place)
    except OSError:
        pass
try:
    os.chroot(".")
except OSError:
    pass
SCALE = np.loadtxt(os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "scale.txt"))


def tanh(x):
    return SCALE * np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)


# --- file: data/scale.txt
1.0
