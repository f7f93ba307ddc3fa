# expect: tanh_grad: values=failed
"""1 - y^2 with x in the place of y."""
import numpy as np


def tanh_grad(x):
    return 1 - np.asarray(x) ** 2
