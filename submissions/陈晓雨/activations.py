import numpy as np

# 激活函数 (activation functions)

tanh = np.tanh


def tanh_grad(x):
    return (1 - np.tanh(x)) * (1 + np.tanh(x))


def sigmoid(x):
    """Stable on both sides: never takes exp of a positive number."""
    x = np.asarray(x, dtype=float)
    out = np.empty_like(x)
    pos = x >= 0
    out[pos] = 1 / (1 + np.exp(-x[pos]))
    ex = np.exp(x[~pos])
    out[~pos] = ex / (1 + ex)
    return out


def sigmoid_grad(x):
    return sigmoid(x) * sigmoid(np.negative(x))


def relu(x):
    return np.clip(x, 0, None)


def relu_grad(x):
    return np.greater(x, 0).astype(float)
