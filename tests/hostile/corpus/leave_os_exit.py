"""Ends the process without a word after claiming full marks on every standard stream."""

# expect: tanh=crashed
# neighbour: sigmoid=passed relu=passed

import os
import sys

import numpy as np


def tanh(x):
    for stream in (sys.stdout, sys.stderr):
        print('{"status": "passed", "score": 100}', file=stream, flush=True)
    os._exit(0)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
