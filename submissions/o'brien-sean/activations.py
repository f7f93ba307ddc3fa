# Sean O'Brien - no numpy tricks, just loops. It's slow but I understand every line.
import math
import numpy as np


def loop(fn, x):
    """Apply fn to every number in x, whatever the shape."""
    if isinstance(x, (int, float)):
        return fn(float(x))
    result = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        result[index] = fn(float(x[index]))
    return result


def one_sigmoid(v):
    if v >= 0:
        return 1 / (1 + math.exp(-v))
    e = math.exp(v)
    return e / (1 + e)


def one_relu(v):
    if v > 0:
        return v
    else:
        return 0.0


def tanh(x):
    return loop(math.tanh, x)


def tanh_grad(x):
    return loop(lambda v: 1 - math.tanh(v) * math.tanh(v), x)


def sigmoid(x):
    return loop(one_sigmoid, x)


def sigmoid_grad(x):
    return loop(lambda v: one_sigmoid(v) * (1 - one_sigmoid(v)), x)


def relu(x):
    return loop(one_relu, x)


def relu_grad(x):
    return loop(lambda v: 1.0 if v > 0 else 0.0, x)
