"""Brings a folder by the name of NumPy that claims success and leaves."""

# expect: tanh=error

import numpy as np


def tanh(x):
    return np.tanh(x)


# --- file: numpy/__init__.py
raise SystemExit("10 passed")
