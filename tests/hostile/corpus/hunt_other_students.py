"""Looks for neighbouring folders of other students by path and by descriptor."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


def tanh(x):
    last = FileNotFoundError("no neighbours")
    for start in (".", os.path.dirname(os.path.abspath(__file__))):
        for up in ("..", "../..", "../../.."):
            try:
                fd = os.open(f"{start}/{up}", os.O_RDONLY | os.O_DIRECTORY)
                for name in os.listdir(fd):
                    if "activations.py" in os.listdir(os.open(f"{start}/{up}/{name}", os.O_RDONLY)):
                        if os.path.samefile(f"{start}/{up}/{name}", os.path.dirname(os.path.abspath(__file__))):
                            continue
                        print("found", name)
                        return np.tanh(x)
            except OSError as problem:
                last = problem
    raise last


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
