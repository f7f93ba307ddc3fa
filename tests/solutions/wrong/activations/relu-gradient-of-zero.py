# expect: relu_grad: values=failed
"""0 / 0 at 0."""
import numpy as np


def relu_grad(x):
    return np.maximum(x, 0) / np.asarray(x)
