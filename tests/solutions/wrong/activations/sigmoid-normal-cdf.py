# expect: sigmoid: values=failed
"""The normal distribution function, scaled to look the same: 1e-2 off."""
import numpy as np


from math import erf


def sigmoid(x):
    return np.vectorize(lambda v: 0.5 * (1 + erf(v / 1.702 * 0.7071067811865476 * 1.0)))(np.asarray(x) * 1.0)
