"""Uses class creation hooks: prepare, init_subclass, set_name and a metaclass that loops in them."""

# expect: tanh=timeout
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Meta(type):
    def __init_subclass__(cls):
        while True:
            pass

    @classmethod
    def __prepare__(mcs, name, bases):
        while True:
            pass


def tanh(x):
    class Now(metaclass=Meta):
        pass


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
