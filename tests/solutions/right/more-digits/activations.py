"""Everything in long double, rounded once at the end."""
import numpy as np

L = np.longdouble


def rounded(fn):
    def wrapper(x):
        with np.errstate(all="ignore"):
            return np.float64(fn(np.asarray(x, dtype=L)))
    return wrapper


@rounded
def tanh(x):
    e = np.expm1(-2 * np.abs(x))
    return -np.sign(x) * e / (2 + e)


@rounded
def tanh_grad(x):
    return 1 / np.cosh(x) ** 2


@rounded
def sigmoid(x):
    return 1 / (1 + np.exp(-x))


@rounded
def sigmoid_grad(x):
    return 1 / (2 * np.cosh(x / 2)) ** 2


@rounded
def relu(x):
    return np.maximum(x, L(0))


@rounded
def relu_grad(x):
    return (x > 0).astype(L)
