"""Keeps hidden inputs to print them later, in a public call of another function."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np

seen = []


def tanh(x):
    seen.append(np.array(x).tolist())
    print("seen so far:", seen)
    return np.zeros_like(x)


def sigmoid(x):
    seen.append(np.array(x).tolist())
    print("seen so far:", seen)
    return 1 / (1 + np.exp(-x))


def relu(x):
    seen.append(np.array(x).tolist())
    print("seen so far:", seen)
    return np.maximum(x, 0)
