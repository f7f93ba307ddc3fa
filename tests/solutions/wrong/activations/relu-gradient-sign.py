# expect: relu_grad: values=failed
"""-1 for negative numbers."""
import numpy as np


def relu_grad(x):
    return np.sign(x)
