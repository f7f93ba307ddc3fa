import numpy as np

# everything in place, to save memory

def tanh(x):
    return np.tanh(x)

def tanh_grad(x):
    t = np.tanh(x)
    t *= -t
    t += 1
    return t

def sigmoid(x):
    x = np.array(x, dtype=float)      # a copy
    np.negative(x, out=x)
    np.exp(x, out=x)
    x += 1
    np.divide(1, x, out=x)
    return x

def sigmoid_grad(x):
    s = sigmoid(x)
    s -= s * s
    return s

def relu(x):
    x *= x > 0
    return x

def relu_grad(x):
    x = np.array(x, dtype=float)
    x[x > 0] = 1
    x[x <= 0] = 0
    return x
