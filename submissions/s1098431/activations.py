import numpy as np

# Student number 1098431 - written in Notepad on Windows

def tanh(x):
    # sinh/cosh would overflow, so clip first: tanh(20) is already 1.0
    return np.tanh(np.clip(x, -20, 20))

def tanh_grad(x):
    return 1.0 - tanh(x)**2

def sigmoid(x):
    with np.errstate(over='ignore'):
        return np.reciprocal(1.0 + np.exp(np.negative(x)))

def sigmoid_grad(x):
    s = sigmoid(x)
    return s * (1.0 - s)

def relu(x):
    return (np.abs(x) + x) / 2 if np.ndim(x) == 0 else np.where(x > 0, x, 0.0)

def relu_grad(x):
    return 1.0 * (np.asarray(x) >= 0)
