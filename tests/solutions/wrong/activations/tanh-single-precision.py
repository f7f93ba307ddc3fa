# expect: tanh: stable=failed accurate=failed
"""Computed in float32, handed back as float64: half of the digits are gone."""
import numpy as np


def tanh(x):
    return np.tanh(np.float32(x)).astype(np.float64) if np.ndim(x) else float(np.tanh(np.float32(x)))
