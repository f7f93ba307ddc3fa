import numpy as np

def tanh(x):
    return np.round((np.exp(2*x) - 1) / (np.exp(2*x) + 1), 4)

def tanh_grad(x):
    return np.round(1 - tanh(x)**2, 4)

def sigmoid(x):
    return np.round(1 / (1 + np.exp(-x)), 8)

def sigmoid_grad(x):
    h = 1e-6
    return (1 / (1 + np.exp(-x - h)) - 1 / (1 + np.exp(-x + h))) / (2 * h)

def relu(x):
    return np.array([max(0.0, v) for v in x])

def relu_grad(x):
    return np.array([1.0 if v > 0 else 0.0 for v in x])
