import numpy as np

def sigmoid(x):
    return 1/(1+np.exp(-x))

def sigmoid_grad(x):
    return x*(1-x)

def tanh(x):
    return np.tanh(x)

def tanh_grad(x):
    return 1-x**2

def relu(x):
    return np.where(np.greater(x, 0), x, 0.01*np.asarray(x))

def relu_grad(x):
    return np.where(np.greater(x, 0), 1., 0.01)
