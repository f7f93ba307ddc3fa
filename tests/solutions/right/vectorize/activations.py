import math

import numpy as np


@np.vectorize(otypes=[np.float64])
def tanh(v):
    return math.tanh(v)


@np.vectorize(otypes=[np.float64])
def tanh_grad(v):
    return (1 - math.tanh(v)) * (1 + math.tanh(v))


@np.vectorize(otypes=[np.float64])
def sigmoid(v):
    return 1 / (1 + math.exp(-v)) if v > -700 or v != v else 0.0


@np.vectorize(otypes=[np.float64])
def sigmoid_grad(v):
    e = math.exp(-abs(v))
    return e / (1 + e) ** 2


@np.vectorize(otypes=[np.float64])
def relu(v):
    return max(v, 0.0)


@np.vectorize(otypes=[np.float64])
def relu_grad(v):
    return 0.5 if v == 0 else float(v > 0)
