# expect: tanh: stable=failed accurate=failed
"""The definition: inf / inf from 710 on."""
import numpy as np


def tanh(x):
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))
