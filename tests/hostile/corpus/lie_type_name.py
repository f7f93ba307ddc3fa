"""Returns an object whose type has a megabyte of HTML for a name, and a metaclass that lies about it."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Meta(type):
    __name__ = property(lambda cls: "<script>" * 100_000)
    __module__ = property(lambda cls: 1 / 0)
    __eq__ = lambda cls, other: True
    __hash__ = type.__hash__
    __instancecheck__ = __subclasscheck__ = lambda cls, other: True

    def mro(cls):
        return [cls, object]


def tanh(x):
    return Meta("<script>\x1b[2J" * 100_000, (), {})()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
