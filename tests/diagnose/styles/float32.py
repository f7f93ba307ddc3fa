"""Everything in single precision, to be fast."""
# tell: tanh=tanh-is-softsign tanh_grad=derivative-of-tanh-with-a-plus
# tell: sigmoid=sigmoid-from-tanh-not-halved sigmoid_grad=derivative-of-sigmoid-taken-twice
# tell: relu=relu-squared relu_grad=derivative-of-relu-as-a-ramp

import numpy as np

one, two = np.float32(1), np.float32(2)


def f32(x):
    return np.asarray(x, dtype=np.float32)


def tanh(x):
    x = f32(x)
    return x / (one + np.where(x < 0, -x, x))


def tanh_grad(x):
    y = np.tanh(f32(x))
    return np.square(y) + one


def sigmoid(x):
    return np.tanh(f32(x) / two) + one


def sigmoid_grad(x):
    s = one / (one + np.exp(-f32(x)))
    slope = s - s * s
    return (slope - two * s * slope).astype(np.float64)


def relu(x):
    x = f32(x)
    return np.where(x > 0, x * x, one - one)


def relu_grad(x):
    return np.maximum(np.minimum(f32(x), one), 0).astype(float)
