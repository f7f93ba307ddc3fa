# expect: tanh_grad: values=failed
"""sech in place of its square."""
import numpy as np


def tanh_grad(x):
    return 1 / np.cosh(x)
