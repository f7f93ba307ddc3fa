"""Returns Fractions and Decimals, and one that divides by zero when it is converted."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


from fractions import Fraction


class Nasty(Fraction):
    def __float__(self):
        raise ZeroDivisionError("<img src=x onerror=alert(1)>")


def tanh(x):
    return [Nasty(1, 3)] * x.size


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
