import numpy as np

def tanh(x):
    return np.tanh(x)

def tanh_grad(x):
    return 1 - np.power(np.tanh(x), 2)

def sigmoid(x):
    # exp of a negative number only
    z = np.exp(-np.abs(x))
    return np.where(np.asarray(x) < 0, z / (1 + z), 1 / (1 + z))

def sigmoid_grad(x):
    return sigmoid(x) - sigmoid(x) ** 2

def relu(x):
    return np.where(np.asarray(x) > 0, x, 0)

def relu_grad(x):
    return (np.asarray(x) > 0) + 0.0
