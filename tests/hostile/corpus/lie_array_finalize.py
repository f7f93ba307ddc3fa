"""Returns an array subclass that exits whenever a view or a copy of it is made."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Trap(np.ndarray):
    armed = False

    def __array_finalize__(self, parent):
        if Trap.armed:
            raise SystemExit(0)

    def __reduce__(self):
        return (print, ("unpickled",))


def tanh(x):
    made = np.zeros_like(x).view(Trap)
    Trap.armed = True
    return made


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
