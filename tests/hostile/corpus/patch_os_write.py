"""Swallows what the harness writes and reads."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


def tanh(x):
    os.write = os.writev = lambda fd, data: len(data)
    os.read = os.readv = lambda *a: b""
    os.close = os.fork = os.waitpid = os.kill = os.dup2 = lambda *a: 0
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
