"""In plain Python, number by number."""

import math

import numpy as np


def layer(x, W, b):
    rows = []
    for row in x:
        sums = [math.fsum(p * q for p, q in zip(row, column, strict=True)) for column in W.T]
        rows.append([math.tanh(one + more) for one, more in zip(sums, b, strict=True)])
    return np.array(rows)


def half(x):
    return np.asarray(x) * 0.5


def even(x):
    return np.square(x)
