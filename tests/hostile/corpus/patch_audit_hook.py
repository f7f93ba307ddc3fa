"""Adds an audit hook, which nothing can remove, that raises at every event."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import sys

import numpy as np

armed = []


def hook(event, args):
    if armed:
        raise RuntimeError(event)


sys.addaudithook(hook)


def tanh(x):
    armed.append(1)
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
