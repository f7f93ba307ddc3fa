"""Makes folders, links and special files by the thousand."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import os
import stat

import numpy as np


def tanh(x):
    here = os.path.dirname(os.path.abspath(__file__))
    for place in (here, "/tmp", "/dev/shm", "/"):
        for make in (
            lambda path: os.makedirs(path + "/a" * 1000),
            lambda path: os.symlink("/", path),
            lambda path: os.link(__file__, path),
            lambda path: os.mkfifo(path),
            lambda path: os.mknod(path, 0o600 | stat.S_IFREG),
            lambda path: os.rename(__file__, path),
        ):
            try:
                make(os.path.join(place, "bomb"))
                return np.tanh(x)
            except OSError as problem:
                last = problem
    raise last


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
