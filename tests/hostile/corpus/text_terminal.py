"""Raises and prints terminal escapes: clear, title, clipboard, links, bells, bracketed paste."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import numpy as np


ESCAPES = "\x1b[2J\x1b]0;owned\x07\x1b]52;c;ZXZpbA==\x07\x1b]8;;http://evil\x1b\\link\x1b]8;;\x07\x9b31m\x1bP$q\x1b\\\r\b\x7f"


def tanh(x):
    print(ESCAPES)
    raise ValueError(ESCAPES)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
