"""Takes nearly the whole time of every call, and prints all the while."""

# expect: tanh=passed
# neighbour: sigmoid=passed relu=passed
# limits: wall=5

import time

import numpy as np


def tanh(x):
    for _ in range(3):
        time.sleep(0.05)
        print("still working", flush=True)
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
