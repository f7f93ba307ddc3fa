"""Raises and prints spreadsheet formulas."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    print("=HYPERLINK(\"http://evil\",\"click\")\r\n+1+1\t@SUM(A1)\n-2+3")
    raise ValueError("=cmd|'/C calc'!A0,\"quoted\"\n,,,")


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
