# expect: tanh: stable=failed accurate=failed
"""Ten digits of e are enough for everybody."""
import numpy as np


E = 2.718281828


def tanh(x):
    x = np.clip(x, -300, 300)
    return (E ** x - E ** -x) / (E ** x + E ** -x)
