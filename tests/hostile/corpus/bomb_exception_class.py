"""Raises an exception whose class lies about its name and cannot be formatted."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Meta(type):
    __name__ = property(lambda cls: "N" * 10**7)
    __module__ = property(lambda cls: 1 / 0)

    def __str__(cls):
        raise SystemExit

    __repr__ = __str__


class Unnamed(Exception, metaclass=Meta):
    __class__ = property(lambda self: int)
    __traceback__ = __cause__ = __context__ = __suppress_context__ = args = property(lambda self: 1 / 0)


def tanh(x):
    raise Unnamed


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
