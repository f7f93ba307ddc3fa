"""Eats memory in small pieces, so that the last one hits the harness rather than this function."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


held = []


def tanh(x):
    try:
        while True:
            held.append([None] * 100_000)
    except MemoryError:
        while True:
            try:
                held.append([None])
            except MemoryError:
                return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
