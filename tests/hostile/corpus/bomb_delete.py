"""Deletes, truncates and re-permits its own files and the harness's."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


def tanh(x):
    for path in (__file__, os.path.dirname(os.path.abspath(__file__)), np.__file__, os.__file__, "/dev/null"):
        for change in (
            os.remove,
            os.rmdir,
            lambda p: os.truncate(p, 0),
            lambda p: os.chmod(p, 0),
            lambda p: os.chown(p, 0, 0),
            lambda p: os.utime(p, (0, 0)),
            lambda p: os.setxattr(p, "user.evil", b"1"),
            lambda p: open(p, "r+b").write(b"#") if p != "/dev/null" else os.remove(p),
        ):
            try:
                change(path)
                print("changed", path)
                return np.tanh(x)
            except OSError as problem:
                last = problem
    raise last


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
