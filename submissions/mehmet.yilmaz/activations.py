import numpy as np
from nn_functions import sgm, th


def tanh(x):
    return th(x)


def sigmoid(x):
    return sgm(x)


def relu(x):
    return np.array(x) * (np.array(x) > 0)


def tanh_grad(x):
    return 1 - th(x) * th(x)


def sigmoid_grad(x):
    return sgm(x) * (1 - sgm(x))


def relu_grad(x):
    return np.sign(np.maximum(x, 0.0))
