import numpy as np

def tanH(x):
    return np.sinh(x) / np.cosh(x)

def tanh_gradient(x):
    return 1 - tanH(x)**2

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_grad(x):
    sig = sigmoid(x)
    return sig * (1 - sig)

def relU(x):
    return x * (x > 0)

def relu_grad(x):
    return 1 * (np.asarray(x) > 0)
