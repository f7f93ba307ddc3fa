# expect: tanh: shapes=error
"""Takes x for a list of numbers."""
import numpy as np


import math


def tanh(x):
    return np.array([math.tanh(x[k]) for k in range(len(x))])
