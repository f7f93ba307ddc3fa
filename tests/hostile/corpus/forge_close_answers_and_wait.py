"""Closes the pipe of answers and lives on."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import os
import time

import numpy as np


def tanh(x):
    os.close(4)
    time.sleep(1000)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
