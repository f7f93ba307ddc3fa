# expect: tanh: values=failed
"""Text is no number."""
import numpy as np


def tanh(x):
    return [f"{v:.17g}" for v in np.tanh(np.ravel(x))]
