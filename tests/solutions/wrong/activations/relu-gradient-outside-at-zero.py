# expect: relu_grad: values=failed
"""-1 at 0 is no subgradient."""
import numpy as np


def relu_grad(x):
    return np.where(np.asarray(x) == 0, -1.0, np.asarray(x) > 0)
