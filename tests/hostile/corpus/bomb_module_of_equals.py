"""Gives its functions a __module__ whose comparison exits; its answers are right."""

# expect: tanh=crashed

import os

import numpy as np


class Module(str):
    def __eq__(self, other):
        os._exit(0)

    __hash__ = str.__hash__


def helper(x):
    return x


def tanh(x):
    return np.tanh(x)


helper.__module__ = Module("activations")
