# expect: sigmoid: stable=failed
"""Kept away from 0 and 1 for the logarithm that comes later."""
import numpy as np


EPS = 1e-7


def sigmoid(x):
    return np.clip(1 / (1 + np.exp(-x)), EPS, 1 - EPS)
