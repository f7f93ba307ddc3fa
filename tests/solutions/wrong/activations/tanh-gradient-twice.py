# expect: tanh_grad: values=failed
"""tanh applied to what is tanh already."""
import numpy as np


def tanh_grad(x):
    y = np.tanh(x)
    return 1 - np.tanh(y) ** 2
