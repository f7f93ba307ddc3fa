# expect: tanh: values=failed
"""A Taylor polynomial: good near 0 and nowhere else."""
import numpy as np


def tanh(x):
    x = np.asarray(x)
    return x - x**3 / 3 + 2 * x**5 / 15 - 17 * x**7 / 315
