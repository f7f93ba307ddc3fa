"""Closes the pipe of questions, so that the grader writes into nothing: that is not the grader's fault."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


def tanh(x):
    os.close(3)
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
