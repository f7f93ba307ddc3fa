# expect: relu: stable=failed
"""-inf * 0 is nan."""
import numpy as np


def relu(x):
    return np.asarray(x) * (np.asarray(x) > 0)
