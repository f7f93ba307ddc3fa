import numpy as np


def sigmoid(x):
    return 1. / (1. + np.exp(-x))


def tanh(x):
    return 2. * sigmoid(2. * x) - 1.


def relu(x):
    return np.maximum(0., x)


def sigmoid_grad(x):
    return sigmoid(x) * (1. - sigmoid(x))


def tanh_grad(x):
    return 1. - tanh(x)**2


def relu_grad(x):
    return np.where(relu(x) > 0., 1., 0.)
