"""Defines 20,000 public functions with signatures that loop, raise and lie; its answers are right."""

# expect: tanh=passed
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Signature:
    __signature__ = property(lambda self: 1 / 0)
    __wrapped__ = property(lambda self: self)
    __code__ = property(lambda self: self)
    __name__ = "\ud800<script>"

    def __call__(self, *args):
        return 0


for number in range(20_000):
    globals()[f"tanh{number}"] = lambda *a, **k: 0
for number in range(100):
    globals()[f"sigm{number}"] = Signature()


def cyclic(x):
    return x


cyclic.__wrapped__ = cyclic
cyclic.__signature__ = "not one"
cyclic.__text_signature__ = "(" * 10_000
globals()["\ud800"] = globals()["\x1b[31m<img src=x>"] = globals()[""] = cyclic
globals()[1] = globals()[None] = cyclic


def tanh(x):
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
