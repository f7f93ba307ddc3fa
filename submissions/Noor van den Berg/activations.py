import numpy as np

def tanh(x):
    """Tangens hyperbolicus"""
    return np.tanh(x)

def tanh_grad(x):
    return 1 / np.cosh(x)**2

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_grad(x):
    return sigmoid(x) * (1 - sigmoid(x))

def relu(x):
    if isinstance(x, np.ndarray):
        x[x < 0] = 0
        return x
    return max(x, 0.0)

def relu_grad(x):
    return np.array(np.array(x) > 0, dtype=float)
