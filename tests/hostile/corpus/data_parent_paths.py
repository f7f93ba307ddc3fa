"""Opens data files by paths that leave its folder."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


def tanh(x):
    here = os.path.dirname(os.path.abspath(__file__))
    for name in ("../questions/tanh/bank.yaml", "../../pyproject.toml", "../README.md", "../../../etc/hostname", "data/../../secret.txt"):
        for start in (".", here, "/proc/self/cwd"):
            try:
                open(os.path.join(start, name)).read()
                return np.tanh(x)
            except OSError as problem:
                last = problem
    raise last


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)


# --- file: data/weights.txt
1 2 3
