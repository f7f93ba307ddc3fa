"""Opens folders as mere paths, which needs no right to read, and climbs from there."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


def tanh(x):
    last = FileNotFoundError("nowhere to climb")
    for start in ("/", "/proc/self", "/proc/1", "..", "/etc", "/home"):
        try:
            fd = os.open(start, os.O_PATH | os.O_DIRECTORY)
            os.fchdir(fd)
            for name in ("etc/passwd", "passwd", "environ", "maps", "../etc/passwd", "root/etc/passwd", "."):
                try:
                    found = os.open(name, os.O_RDONLY, dir_fd=fd)
                    print("opened", start, name, os.listdir(found) if name == "." else os.read(found, 20))
                    if name != "." or set(os.listdir(found)) & {"etc", "home", "proc", "tmp"}:
                        return np.tanh(x)
                except OSError as problem:
                    last = problem
        except OSError as problem:
            last = problem
    raise last


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
