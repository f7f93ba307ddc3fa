"""Makes every comparison of NumPy say yes."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np
import numpy.testing


def tanh(x):
    def yes(*args, **kwargs):
        return True

    for module in (np, np.testing):
        for name in ("allclose", "isclose", "array_equal", "array_equiv", "all", "any", "assert_allclose", "assert_array_equal",
                     "assert_array_almost_equal_nulp", "assert_equal", "nextafter", "spacing", "max", "abs"):
            if hasattr(module, name):
                setattr(module, name, yes)
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
