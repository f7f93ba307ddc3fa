import numpy as np

def tanh(x):
    result = (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))
    print("tanh =", result)

def tanh_grad(x):
    result = 1 - np.tanh(x) ** 2
    print("tanh' =", result)

def sigmoid(x):
    result = 1 / (1 + np.exp(-x))
    print("sigmoid =", result)
    return result

def sigmoid_grad(x):
    result = sigmoid(x) * (1 - sigmoid(x))
    print("sigmoid' =", result)
    return result

def relu(x):
    result = np.maximum(x, 0)
    print("relu =", result)

def relu_grad(x):
    result = np.where(np.asarray(x) > 0, 1.0, 0.0)
    print("relu' =", result)
    return result
